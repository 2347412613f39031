from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo
from sqlalchemy import select

from app.cli import commands
from app.config import Settings
from app.domain.figures.report import Report
from app.extensions import db
from app.factory import create_app
from app.formats.crypto.secret_files import write_secrets
from app.models import Place
from app.services.figures.reports import reportable_surveys, station_report
from app.transaction import reading
from tests.conftest import SECRETS

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
