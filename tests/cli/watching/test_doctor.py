"""samvad doctor on real installations, each with one thing wrong."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.cli import commands as group
from app.domain.clocks import ClockReading
from app.jobs.clock import read_clocks
from app.services.installation.backups.notes import note_begun, note_made
from app.services.installation.clocks import believe, note_run
from app.services.installation.watching.examination import connected
from app.services.installation.watching.work import LONGEST_PAUSE
from app.services.record.audit import AUDIT_KEY, record
from tests.fixtures.commands import Commands


@pytest.fixture
def instance(instance: Path) -> Path:
    """An installation whose worker has just done its work, and of which a backup was made."""
    work(instance, read_clocks())
    note_made(instance, read_clocks().at)
    return instance


def work(instance: Path, reading: ClockReading) -> None:
    """What the worker leaves when it has done all its jobs by this clock."""
    with connected(f"sqlite:///{instance / 'samvad.db'}") as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        with Session(connection) as session:
            believe(session, reading)
            for job in LONGEST_PAUSE:
                note_run(session, job, reading.at)
            session.flush()
            connection.commit()


def look_through(instance: Path, *options: str, **settings: str) -> Result:
    environment = {"SAMVAD_INSTANCE": str(instance), "SAMVAD_ADDRESS": "https://samvad.example.in"}
    environment |= {f"SAMVAD_{name}": value for name, value in settings.items()}
    return CliRunner().invoke(group, ["doctor", *options], env=environment)


def named(done: Result) -> list[str]:
    """The lines, but for one on the disk of whoever runs the tests."""
    return [line for line in done.stdout.splitlines() if "[disk.full]" not in line]


def test_a_whole_installation(commands: Commands, instance: Path) -> None:
    done = commands("doctor", "--thorough")
    assert "Traceback" not in done.stderr
    told = [line for line in done.stdout.splitlines() if "[disk.full]" not in line]
    assert (told, done.status) in ((["Nothing to mend."], 0), ([], 1))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("INSTANCE", "/nowhere", "There are no secrets at /nowhere/secrets.json: run `samvad init` first."),
        ("ADDRESS", "http://x", "SAMVAD_ADDRESS must begin with https:// in production"),
        ("WATCH_PORT", "80", "SAMVAD_WATCH_PORT must be a port from 1024 to 65534"),
        ("DATABASE_URL", "nonsense", "SAMVAD_DATABASE_URL must be"),
        ("DATA_LICENCE", "GODL-India", "SAMVAD_DATA_LICENCE must be a licence's name and its address"),
    ],
)
def test_wrong_settings_are_the_only_thing_named(instance: Path, name: str, value: str, sentence: str) -> None:
    done = look_through(instance, **{name: value})
    assert done.exit_code == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"At once: {sentence}")
    assert line.endswith("[settings.wrong]")


def run(statement: str) -> Callable[[Path], None]:
    def change(instance: Path) -> None:
        with closing(sqlite3.connect(instance / "samvad.db")) as connection, connection:
            connection.execute(statement)

    return change


def open_to_others(instance: Path) -> None:
    (instance / "secrets.json").chmod(0o644)


def clock_was_set_a_month_ahead(instance: Path) -> None:
    """Since the jobs last looked, an hour ago, both clocks moved on, one of them by a month more."""
    now, passed = read_clocks(), timedelta(hours=1)
    work(instance, ClockReading(now.at - timedelta(days=30) - passed, now.boot, now.ran - passed))


def secrets_of_another_installation(instance: Path) -> None:
    engine = create_engine(f"sqlite:///{instance / 'samvad.db'}")
    with Session(engine, info={AUDIT_KEY: b"another key of an installation.."}) as session:
        record(session, "x.done", "x:1", None, {}, read_clocks().at)
        session.commit()
    engine.dispose()


def killed_backup(instance: Path) -> None:
    left = instance.parent / "disk" / ".samvad-backup-x"
    left.mkdir(parents=True)
    (left / ".in-use").touch()
    note_begun(instance, left.parent)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (open_to_others, "At once: The secrets at "),
        (
            run("UPDATE alembic_version SET version_num = '9999'"),
            "The database stands at migration 9999, which a newer",
        ),
        (run("DELETE FROM alembic_version"), "At once: The database has no tables yet: run `samvad db upgrade`."),
        (run("INSERT INTO signing_key VALUES (7, '2026-11-01', NULL)"), "At once: The database knows signing key 7"),
        (run("DELETE FROM job_run"), "The worker has not done its work yet"),
        (clock_was_set_a_month_ahead, "The clock of this machine has jumped"),
        (secrets_of_another_installation, "The secrets are not those that the audit was written with"),
        (killed_backup, "A backup was broken off and left "),
    ],
)
def test_each_thing_that_is_wrong_is_named_in_a_sentence(
    instance: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    spoil(instance)
    done = look_through(instance)
    assert done.exit_code == 1
    assert [line for line in named(done) if line.startswith(sentence)], done.stdout
    assert "Nothing to mend" not in done.stdout


def test_what_is_grave_stands_first(instance: Path) -> None:
    (instance / "backups.json").unlink()
    run("DELETE FROM alembic_version")(instance)
    assert [line.split()[-1] for line in named(look_through(instance))] == ["[start.no_tables]", "[backup.none]"]


@contextmanager
def held(instance: Path) -> Iterator[None]:
    with closing(sqlite3.connect(instance / "samvad.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_database_that_somebody_holds_is_named(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.doctor._LOCK_PATIENCE_S", 0.05)
    with held(instance):
        done = look_through(instance)
    (line,) = named(done)
    assert line.startswith("Nothing could be written to the database for 0.05 seconds")


def test_a_backup_is_remembered_and_one_that_fails_is_not(commands: Commands, instance: Path, tmp_path: Path) -> None:
    (instance / "backups.json").unlink()
    assert commands("backup", str(tmp_path / "no" / "folder.tar")).status == 1
    assert [line.split()[-1] for line in named(look_through(instance))] == ["[backup.none]"]
    assert commands("backup", str(tmp_path / "b.tar")).status == 0
    assert named(look_through(instance)) in ([], ["Nothing to mend."])
