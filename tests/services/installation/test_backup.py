import multiprocessing
import sqlite3
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import text

from app.config import Settings
from app.domain.problem import Problem
from app.extensions import db
from app.factory import ROOT, create_app
from app.services.installation.backup import Installation, restore_backup, save_backup
from app.transaction import reading

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SCHEMAS = [file.name[:4] for file in (ROOT / "app" / "migrations" / "versions").glob("0*.py")]


@pytest.fixture
def installation(settings: Settings) -> Iterator[Installation]:
    """A migrated database with secrets beside it."""
    with create_app(settings).app_context():
        flask_migrate.upgrade()
        for engine in db.engines.values():
            engine.dispose()
    (settings.instance / "secrets.json").write_text('{"session": "00"}')
    return Installation(settings.instance, settings.database_url)


@pytest.fixture
def second_machine(tmp_path: Path) -> Installation:
    folder = tmp_path / "second" / "instance"
    return Installation(folder, f"sqlite:///{folder / 'samvad.db'}")


def insert_place(installation: Installation, code: str) -> None:
    with closing(sqlite3.connect(installation.file)) as connection, connection:
        connection.execute("INSERT INTO place (code, kind, name_en) VALUES (?, 'station', 'x')", (code,))


def insert_arrival(installation: Installation) -> None:
    with closing(sqlite3.connect(installation.file)) as connection, connection:
        connection.execute(
            "INSERT INTO arrival (response_id, arrived_at, placement_id, body_digest) VALUES (?, ?, 1, ?)",
            (uuid.uuid4().bytes, "2026-11-23 05:59:59", b"digest-of-a-body"),
        )


def codes_of(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [code for (code,) in connection.execute("SELECT code FROM place ORDER BY code")]


def write_places_until_told(database: Path, stop: "multiprocessing.synchronize.Event") -> None:
    with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as connection:
        while not stop.is_set():
            connection.execute(
                "INSERT INTO place (code, kind, name_en) VALUES (?, 'station', 'x')", (str(uuid.uuid4()),)
            )


def test_a_second_machine_gets_the_same_rows_and_secrets(
    installation: Installation, second_machine: Installation, tmp_path: Path
) -> None:
    insert_place(installation, "kotwali")
    saved = save_backup(installation, tmp_path / "backup.tar", NOW)
    restored = restore_backup(second_machine, tmp_path / "backup.tar", SCHEMAS)
    assert restored == saved
    assert codes_of(second_machine.file) == ["kotwali"]
    assert second_machine.secrets.read_text() == installation.secrets.read_text()
    for private in (tmp_path / "backup.tar", second_machine.file, second_machine.secrets):
        assert private.stat().st_mode & 0o077 == 0
    assert second_machine.instance.stat().st_mode & 0o077 == 0


def test_a_backup_under_load_is_whole(installation: Installation, second_machine: Installation, tmp_path: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    stop = processes.Event()
    writer = processes.Process(target=write_places_until_told, args=(installation.file, stop))
    writer.start()
    try:
        while len(codes_of(installation.file)) < 50:
            pass
        save_backup(installation, tmp_path / "backup.tar", NOW)
        during = len(codes_of(installation.file))
    finally:
        stop.set()
        writer.join()
    restore_backup(second_machine, tmp_path / "backup.tar", SCHEMAS)
    assert 50 <= len(codes_of(second_machine.file)) <= during
    with closing(sqlite3.connect(second_machine.file)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_a_backup_holds_nothing_that_was_promised_to_vanish(installation: Installation, tmp_path: Path) -> None:
    insert_arrival(installation)
    assert b"digest-of-a-body" in installation.file.read_bytes()
    save_backup(installation, tmp_path / "backup.tar", NOW)
    assert b"digest-of-a-body" not in (tmp_path / "backup.tar").read_bytes()


def test_restoring_over_something_wants_force(installation: Installation, tmp_path: Path) -> None:
    insert_place(installation, "before")
    save_backup(installation, tmp_path / "backup.tar", NOW)
    insert_place(installation, "after")
    with pytest.raises(Problem, match=r"backup\.occupied"):
        restore_backup(installation, tmp_path / "backup.tar", SCHEMAS)
    assert codes_of(installation.file) == ["after", "before"]
    restore_backup(installation, tmp_path / "backup.tar", SCHEMAS, force=True)
    assert codes_of(installation.file) == ["before"]


def test_a_database_in_use_is_not_replaced(installation: Installation, tmp_path: Path) -> None:
    save_backup(installation, tmp_path / "backup.tar", NOW)
    with closing(sqlite3.connect(installation.file)) as server:
        server.execute("SELECT count(*) FROM place").fetchone()
        with pytest.raises(Problem, match=r"backup\.in_use"):
            restore_backup(installation, tmp_path / "backup.tar", SCHEMAS, force=True)


def test_nothing_is_written_over_by_a_backup(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_text("older")
    with pytest.raises(Problem, match=r"backup\.exists"):
        save_backup(installation, tmp_path / "backup.tar", NOW)
    assert (tmp_path / "backup.tar").read_text() == "older"


def test_any_damage_is_noticed_and_changes_nothing(
    installation: Installation, second_machine: Installation, tmp_path: Path
) -> None:
    save_backup(installation, tmp_path / "backup.tar", NOW)
    whole = (tmp_path / "backup.tar").read_bytes()
    damaged = tmp_path / "damaged.tar"
    with tarfile.open(tmp_path / "backup.tar") as archive:
        spots = [at for member in archive for at in range(member.offset_data, member.offset_data + member.size)]
    # One bit in places all over what was saved, in each byte of the manifest; and the file cut short.
    altered = spots[:400] + spots[:: len(spots) // 80]
    variants = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in altered]
    variants += [whole[:at] for at in spots[:: len(spots) // 40]]
    for variant in variants:
        damaged.write_bytes(variant)
        with pytest.raises(Problem, match=r"^backup\."):
            restore_backup(second_machine, damaged, SCHEMAS)
        assert not second_machine.file.exists()
        assert not second_machine.secrets.exists()


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\0" * 10_240])
def test_what_is_no_backup_is_refused(content: bytes, second_machine: Installation, tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(Problem, match=r"backup\.unreadable"):
        restore_backup(second_machine, tmp_path / "x.tar", SCHEMAS)


def test_a_member_cannot_leave_its_folder(installation: Installation, tmp_path: Path) -> None:
    manifest = b'{"format":"samvad-backup","version":1,"facts":{},"sha256":{"../escaped":"00"}}'
    (tmp_path / "manifest.json").write_bytes(manifest)
    (tmp_path / "escaped").write_text("x")
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(tmp_path / "manifest.json", "manifest.json")
        archive.add(tmp_path / "escaped", "../escaped")
    with pytest.raises(Problem, match=r"backup\.unreadable"):
        restore_backup(installation, tmp_path / "x.tar", SCHEMAS, force=True)


def test_a_newer_backup_is_refused(installation: Installation, second_machine: Installation, tmp_path: Path) -> None:
    save_backup(installation, tmp_path / "backup.tar", NOW)
    with pytest.raises(Problem, match=r"backup\.newer"):
        restore_backup(second_machine, tmp_path / "backup.tar", ["0000"])


@pytest.mark.usefixtures("postgres_tools")
def test_postgres_goes_there_and_back(settings: Settings, postgres_url: str, tmp_path: Path) -> None:
    (settings.instance / "secrets.json").write_text("{}")
    installation = Installation(settings.instance, postgres_url)
    insert = text("INSERT INTO place (code, kind, name_en) VALUES (:code, 'station', 'x')")
    with create_app(replace(settings, database_url=postgres_url)).app_context():
        flask_migrate.upgrade()
        with db.engine.begin() as connection:
            connection.execute(insert, {"code": "before"})
        save_backup(installation, tmp_path / "backup.tar", NOW)
        with db.engine.begin() as connection:
            connection.execute(insert, {"code": "after"})
        restore_backup(installation, tmp_path / "backup.tar", SCHEMAS, force=True)
        with reading() as session:
            assert list(session.scalars(text("SELECT code FROM place"))) == ["before"]
        for engine in db.engines.values():
            engine.dispose()


def test_without_the_tools_postgres_is_refused_in_words(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.instance / "secrets.json").write_text("{}")
    monkeypatch.setenv("PATH", str(tmp_path))
    installation = Installation(settings.instance, "postgresql+psycopg://someone@/nowhere")
    with pytest.raises(Problem, match=r"backup\.tool_missing"):
        save_backup(installation, tmp_path / "backup.tar", NOW)
    assert not (tmp_path / "backup.tar").exists()
