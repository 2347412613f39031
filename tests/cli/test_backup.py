import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select, text

from app.cli import commands
from app.config import Settings
from app.domain.figures.report import Report
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.secret_files import write_secrets
from app.models import Place
from app.services.figures.reports import reportable_surveys, station_report
from app.services.responses.shuffling.written_beside import table
from app.transaction import reading, transaction
from tests.fixtures.commands import Commands
from tests.fixtures.secrets import SECRETS
from tests.thief.days import Town, seeded
from tests.thief.postgres_rows import by_place

TODAY = date(2026, 11, 23)


@pytest.fixture
def here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A migrated installation that the environment points at."""
    monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
    write_secrets(settings.instance / "secrets.json", SECRETS)
    migrate = CliRunner().invoke(commands, ["db", "upgrade"], obj=ScriptInfo(create_app=lambda: create_app(settings)))
    assert migrate.exit_code == 0, migrate.output
    return settings


def test_there_and_back(here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = CliRunner().invoke(commands, ["backup", str(tmp_path / "b.tar")])
    assert saved.exit_code == 0, saved.output
    assert "encrypt it" in saved.output
    monkeypatch.setenv("SAMVAD_INSTANCE", str(tmp_path / "second"))
    restored = CliRunner().invoke(commands, ["restore", str(tmp_path / "b.tar")])
    assert restored.exit_code == 0, restored.output
    assert (tmp_path / "second" / "samvad.db").is_file()


def test_a_refusal_is_one_sentence_with_its_code(here: Settings, tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["restore", str(tmp_path / "absent.tar")])
    assert done.exit_code == 1
    assert "is no backup of Samvad" in done.output
    assert "[backup.unreadable]" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_before_a_dump_of_postgresql_the_rows_of_today_are_shuffled(
    app: Flask, settings: Settings, postgres_tools: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dump holds rows in the order in which they lie."""
    monkeypatch.setenv("SAMVAD_INSTANCE", str(settings.instance))
    monkeypatch.setenv("SAMVAD_DATABASE_URL", settings.database_url)
    write_secrets(settings.instance / "secrets.json", SECRETS)
    town = Town(places=1, slips=0, chance=seeded(1))
    town.answers(40, datetime.now(UTC) - timedelta(hours=5), timedelta(minutes=1))
    with transaction() as session:
        session.execute(text("CREATE TABLE alembic_version AS SELECT '0015' AS version_num"))
    try:
        saved = CliRunner().invoke(
            commands, ["backup", str(tmp_path / "b.tar")], obj=ScriptInfo(create_app=lambda: app)
        )
    finally:
        with transaction() as session:
            session.execute(text("DROP TABLE alembic_version"))
    assert saved.exit_code == 0, saved.output
    with db.engine.connect() as connection:
        lying = by_place(connection, table("response"), "id")
    assert lying != town.sent
    assert set(lying) == set(town.sent)


def reports_of(instance: Path) -> dict[tuple[int, str], Report]:
    """Every report that an installation can make of itself."""
    environment = {"SAMVAD_MODE": "demonstration", "SAMVAD_INSTANCE": str(instance)}
    with create_app(Settings.from_env(environment)).app_context():
        with reading() as session:
            surveys = [slug for slug, _ in reportable_surveys(session)]
            made = {
                (place_id, slug): station_report(session, place_id, slug, "all", TODAY)
                for place_id in session.scalars(select(Place.id))
                for slug in surveys
            }
        for engine in db.engines.values():
            engine.dispose()
    return made


def test_a_second_machine_makes_the_same_reports(tmp_path: Path) -> None:
    first, second, archive = tmp_path / "first", tmp_path / "second", str(tmp_path / "b.tar")
    demo = ["demo", "--stations-per-district", "2", "--weeks", "6"]
    for instance, command in ((first, demo), (first, ["backup", archive]), (second, ["restore", archive])):
        environment = {"SAMVAD_MODE": "demonstration", "SAMVAD_INSTANCE": str(instance), "SAMVAD_DATABASE_URL": ""}
        info = ScriptInfo(create_app=lambda at=environment: create_app(Settings.from_env(at)))
        done = CliRunner(env=environment).invoke(commands, command, obj=info)
        assert done.exit_code == 0, done.output
    reports = reports_of(first)
    assert any(report.sections for report in reports.values())
    assert reports_of(second) == reports


def saved_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("samvad-*.tar"))


class TestSaving:
    """The real command, in a process of its own."""

    @pytest.fixture(autouse=True)
    def instance(self, tmp_path: Path, migrated_file: Path) -> Path:
        write_secrets(tmp_path / "instance" / "secrets.json", SECRETS)
        return shutil.copyfile(migrated_file, tmp_path / "instance" / "samvad.db").parent

    def test_a_folder_is_thinned_out_and_drilled(self, commands: Commands, tmp_path: Path) -> None:
        folder = tmp_path / "backups"
        folder.mkdir()
        keep_one = ("--keep-daily", "1", "--keep-weekly", "0", "--keep-monthly", "0")
        assert commands("backup", "--into", str(folder), *keep_one).status == 0
        (first,) = saved_in(folder)
        older = first.rename(folder / "samvad-2026-01-02T030405Z.tar")
        foreign = folder / "samvad-2026-01-01T000000Z.tar"
        foreign.write_bytes(b"of somebody else")
        done = commands("backup", "--into", str(folder), *keep_one)
        assert (done.status, f"Deleted {older.name}" in done.stdout) == (0, True), done
        newest, kept = saved_in(folder)[-1], set(saved_in(folder))
        assert kept == {foreign, newest}
        drilled = commands("backup", "drill", str(newest))
        assert (drilled.status, drilled.stdout[:24]) == (0, "This backup would do. It"), drilled

    def test_a_command_gets_it_or_it_is_said_that_it_did_not(self, commands: Commands, tmp_path: Path) -> None:
        assert commands("backup", "--to-command", f"cat > {tmp_path}/piped.tar").status == 0
        assert commands("backup", "drill", f"{tmp_path}/piped.tar").status == 0
        for command, code in (
            ("cat >/dev/null; exit 3", "backup.command_failed"),
            ("head -c 1000 >/dev/null", "backup.command_cut"),
            ("sleep 1000", "backup.command_hangs"),
        ):
            done = commands("backup", "--to-command", command, "--patience", "0.5")
            assert (done.status, code in done.stderr, "Traceback" in done.stderr) == (1, True, False), done
        # Nothing of the copies is left.
        assert [each.name for each in (tmp_path / "instance").iterdir() if each.is_dir()] == []

    def test_what_a_killed_backup_left_is_removed_by_the_next(self, commands: Commands, tmp_path: Path) -> None:
        killed = tmp_path / ".samvad-backup-killed"
        killed.mkdir()
        for name in (".in-use", "database.sqlite3", ".samvad.tar.partial"):
            (killed / name).write_bytes(b"x")
        assert commands("backup", str(tmp_path / "b.tar")).status == 0
        assert not killed.exists()

    def test_one_of_three_ways_has_to_be_said(self, commands: Commands, tmp_path: Path) -> None:
        for arguments in (["save"], ["x.tar", "--into", str(tmp_path)]):
            done = commands("backup", *arguments)
            assert (done.status, "Say one of these" in done.stderr) == (2, True), done
