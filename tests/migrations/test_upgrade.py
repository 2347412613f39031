"""samvad db upgrade: two at once, cut, on a full disk, and the one way back. Each command in a process of its own."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from app.config import Secrets
from app.services.installation.failures import NO_ROOM
from app.services.installation.schemas import newest_schema
from tests.fixtures.commands import Commands
from tests.fixtures.earlier import restore

#: where the installation of tests/vectors/earlier stands
EARLIER = "0010"


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An installation that an earlier version left."""
    restore(tmp_path / "instance")
    return tmp_path / "instance"


def schema_of(instance: Path) -> str:
    with closing(sqlite3.connect(instance / "samvad.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found)


def content_of(database: Path) -> list[str]:
    """All that is in it, but for what no backup holds."""
    with closing(sqlite3.connect(database)) as connection:
        return [line for line in connection.iterdump() if 'INSERT INTO "arrival"' not in line]


def secrets_in(instance: Path) -> str:
    return (instance / "secrets.json").read_text("utf-8")


def command_of(printed: str) -> list[str]:
    """The one line that begins with `samvad restore`."""
    (line,) = [line for line in printed.splitlines() if line.startswith("  samvad restore ")]
    return line.split()[1:]


def test_the_way_back_is_printed_before_and_leads_back(commands: Commands, instance: Path) -> None:
    before, secrets = content_of(instance / "samvad.db"), secrets_in(instance)
    done = commands("db", "upgrade")
    assert (done.status, schema_of(instance)) == (0, newest_schema()), done
    assert f"Saved at migration {EARLIER}, before anything is changed." in done.stdout
    back = commands(*command_of(done.stdout))
    assert (back.status, schema_of(instance)) == (0, EARLIER), back
    assert (content_of(instance / "samvad.db"), secrets_in(instance)) == (before, secrets)
    # And forward again; nothing is saved where there is nothing to change.
    assert commands("db", "upgrade").status == 0
    assert commands("db", "upgrade").stdout == ""
    assert (instance / "before-upgrade").stat().st_mode & 0o077 == 0


def test_questionnaires_that_came_along_learn_how_their_answers_are_read(commands: Commands, instance: Path) -> None:
    for words in (("db", "upgrade"), ("surveys", "starter", "public-perception")):
        assert commands(*words).status == 0
    assert commands("surveys", "publish", "public-perception").status == 0
    with closing(sqlite3.connect(instance / "samvad.db")) as connection, connection:
        connection.execute("DELETE FROM survey_reading")
    done = commands("db", "upgrade")
    assert done.status == 0, done
    with closing(sqlite3.connect(instance / "samvad.db")) as connection:
        (content,) = connection.execute("SELECT content FROM survey_reading").fetchone()
        (added,) = connection.execute(
            "SELECT count(*) FROM audit_entry WHERE action = 'survey.reading_added'"
        ).fetchone()
    assert "find the work of the police good" in content
    assert added == 1


@pytest.mark.usefixtures("postgres_tools")
def test_the_way_back_on_postgresql(commands: Commands, instance: Path, postgres_url: str) -> None:
    commands.environment |= {"SAMVAD_DATABASE_URL": postgres_url, "PATH": os.environ["PATH"]}
    assert commands("db", "upgrade", "0012").status == 0
    server = postgres_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("INSERT INTO place (code, kind, name_en) VALUES ('kotwali', 'station', 'x')")
    done = commands("db", "upgrade")
    assert done.status == 0, done
    back = commands(*command_of(done.stdout))
    assert back.status == 0, back
    with psycopg.connect(server, autocommit=True) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0012",)]
        assert connection.execute("SELECT code FROM place").fetchall() == [("kotwali",)]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_two_machines_that_upgrade_at_once_both_come_up(
    commands: Commands, instance: Path, tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    """Each with an instance of its own, so that nothing but the database lets one at a time."""
    restore(tmp_path / "second")
    sqlite = f"sqlite:///{tmp_path / 'shared.db'}"
    url = sqlite if database == "sqlite" else request.getfixturevalue("postgres_url")
    machines = [
        commands.begin("db", "upgrade", SAMVAD_DATABASE_URL=url, SAMVAD_INSTANCE=str(folder))
        for folder in (instance, tmp_path / "second")
    ]
    for machine in machines:
        done = machine.end()
        assert done.status == 0, done
    started = commands.start(SAMVAD_DATABASE_URL=url)
    assert started.status == 0, started


def test_cut_in_the_middle_it_stands_where_it_stood(commands: Commands, instance: Path) -> None:
    log = instance / "samvad.db-wal"
    upgrade = commands.begin("db", "upgrade", "--without-backup")
    # Something of the migration has been written.
    with suppress(FileNotFoundError):
        while upgrade.process.is_alive() and not (log.exists() and log.stat().st_size > 40_000):
            pass
    upgrade.kill()
    assert schema_of(instance) in (EARLIER, newest_schema())
    done = commands("db", "upgrade")
    assert (done.status, schema_of(instance)) == (0, newest_schema()), done


class TestFullDisk:
    """The instance lies on a disk of one megabyte, of which hardly anything is left."""

    @pytest.mark.parametrize(
        ("command", "room_kb"),
        [
            (["db", "upgrade"], 120),
            (["db", "upgrade", "--without-backup"], 60),
            (["backup", "INSTANCE/b.tar"], 120),
        ],
        ids=["upgrade", "upgrade without backup", "backup"],
    )
    def test_nothing_has_changed_and_it_is_said(
        self, commands: Commands, instance: Path, command: list[str], room_kb: int
    ) -> None:
        before, secrets = content_of(instance / "samvad.db"), secrets_in(instance)
        told = [part.replace("INSTANCE", str(instance)) for part in command]
        done = commands(*told, disk_kb=1024, room_kb=room_kb)
        self.check(done.status, done.stderr, commands.after, before, secrets)
        left = {file.name for file in commands.after.iterdir()} - {"samvad.db-wal", "samvad.db-shm", "backups.json"}
        assert left <= {"samvad.db", "secrets.json", ".upgrade.lock", "before-upgrade", ".secrets.json.lock"}
        assert list((commands.after / "before-upgrade").glob("*")) == []

    def test_a_further_key(self, commands: Commands, instance: Path) -> None:
        """Its secret is written before it is noted: one that was noted and that nobody has must not come about."""
        before, held = content_of(instance / "samvad.db"), Secrets.from_file(instance / "secrets.json")
        done = commands("keys", "rotate-signing", disk_kb=1024, room_kb=40)
        assert (done.status, done.stderr.strip()) == (1, f"Error: {NO_ROOM}")
        assert content_of(commands.after / "samvad.db") == before
        after = Secrets.from_file(commands.after / "secrets.json")
        assert after.signing.items() >= held.signing.items()
        assert not (commands.after / ".secrets.json.new").exists()

    def test_a_restore(self, commands: Commands, instance: Path, tmp_path: Path) -> None:
        assert commands("backup", str(tmp_path / "b.tar")).status == 0
        with closing(sqlite3.connect(instance / "samvad.db")) as connection, connection:
            connection.execute("UPDATE department SET name_en = 'since then'")
        before, secrets = content_of(instance / "samvad.db"), secrets_in(instance)
        done = commands("restore", "--force", str(tmp_path / "b.tar"), disk_kb=1024, room_kb=120)
        self.check(done.status, done.stderr, commands.after, before, secrets)

    def check(self, status: int | None, stderr: str, after: Path, before: list[str], secrets: str) -> None:
        assert (status, stderr.strip()) == (1, f"Error: {NO_ROOM}")
        assert schema_of(after) == EARLIER
        assert (content_of(after / "samvad.db"), secrets_in(after)) == (before, secrets)
