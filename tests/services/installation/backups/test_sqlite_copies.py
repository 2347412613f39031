"""Copies of a SQLite database in use: whole, without what was promised to vanish, put where nobody has it open."""

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.services.installation.backups.backup import LEFT_OUT, Installation, restore_backup, save_backup
from app.services.installation.backups.sqlite_copies import copy_sqlite, place_sqlite
from tests.factories.installation.installed import NOW, SCHEMAS, codes_of, insert_arrival, write_places_until_told


def test_a_backup_under_load_is_whole(installation: Installation, second_machine: Installation, tmp_path: Path) -> None:
    processes = multiprocessing.get_context("forkserver")
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
    # Nor has it ever been in the copy, which a backup that is killed leaves on the disk.
    copy_sqlite(installation.file, tmp_path / "copy", LEFT_OUT)
    assert b"digest-of-a-body" not in (tmp_path / "copy").read_bytes()
    with closing(sqlite3.connect(tmp_path / "copy")) as connection:
        assert connection.execute("SELECT count(*) FROM arrival").fetchone() == (0,)


def test_a_copy_is_the_same_in_tables_rows_and_indexes(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "here")) as connection, connection:
        connection.executescript(ODD)
    told: list[tuple[int, int]] = []
    copy_sqlite(tmp_path / "here", tmp_path / "copy", frozenset({"left out"}), lambda *at: told.append(at))
    with closing(sqlite3.connect(tmp_path / "here")) as connection, connection:
        connection.execute('DELETE FROM "left out"')
    dumps = []
    for file in (tmp_path / "here", tmp_path / "copy"):
        with closing(sqlite3.connect(file)) as connection:
            dumps.append((list(connection.iterdump()), connection.execute("PRAGMA page_size").fetchone()))
    assert dumps[0] == dumps[1]
    # Whoever waits is told how far it is.
    assert all(0 <= done <= whole for done, whole in told)
    assert told


def test_a_database_in_use_is_not_replaced(installation: Installation, tmp_path: Path) -> None:
    save_backup(installation, tmp_path / "backup.tar", NOW)
    with closing(sqlite3.connect(installation.file)) as server:
        server.execute("SELECT count(*) FROM place").fetchone()
        with pytest.raises(Problem, match=r"backup\.in_use"):
            restore_backup(installation, tmp_path / "backup.tar", SCHEMAS, force=True)


ODD = """
    CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0042');
    CREATE TABLE "left out" (a); INSERT INTO "left out" VALUES (1);
    CREATE  TABLE
        "a ""name" (a INTEGER PRIMARY KEY, b BLOB UNIQUE, c REAL CHECK (c > 0)) STRICT;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
        INSERT INTO "a ""name" SELECT i, randomblob(16), i / 2.0 FROM n;
    CREATE TABLE keyed (k BLOB PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO keyed VALUES (x'02', NULL), (x'01', 'b');
    CREATE INDEX one ON keyed (v) WHERE v IS NOT NULL; CREATE UNIQUE INDEX "two words" ON "a ""name" (b, c);
    CREATE TABLE born (a); CREATE TRIGGER t AFTER INSERT ON keyed BEGIN INSERT INTO born VALUES (new.v); END;
    CREATE VIEW seen AS SELECT * FROM keyed;
"""


def a_database(file: Path, place: str) -> Path:
    """As much of a database as a copy looks at."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); CREATE TABLE arrival (response_id); CREATE TABLE place (code)"
        )
        connection.execute("INSERT INTO alembic_version VALUES ('0042')")
        connection.execute("INSERT INTO place VALUES (?)", (place,))
    return file


def test_a_copy_says_at_which_migration_it_stands_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert copy_sqlite(a_database(tmp_path / "here", "kotwali"), copy, frozenset()) == "0042"
    assert codes_of(copy) == ["kotwali"]
    assert copy.stat().st_mode & 0o077 == 0


def test_what_is_not_there_is_not_made_by_copying_it(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"backup\.no_database"):
        copy_sqlite(tmp_path / "nothing", tmp_path / "copy", frozenset())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("header", [None, b"no database any more"], ids=["whole", "damaged"])
def test_the_log_of_the_database_before_is_not_applied_to_the_new_one(tmp_path: Path, header: bytes | None) -> None:
    """As a machine leaves it that lost its power: what was written last stands in the log alone."""
    running, stopped = a_database(tmp_path / "running", "first"), tmp_path / "stopped"
    with closing(sqlite3.connect(running)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO place VALUES ('second')")
        connection.commit()
        for suffix in ("", "-wal"):
            shutil.copy(f"{running}{suffix}", f"{stopped}{suffix}")
    if header:
        stopped.write_bytes(header + stopped.read_bytes()[len(header) :])
    place_sqlite(a_database(tmp_path / "copy", "restored"), stopped)
    assert not (tmp_path / "stopped-wal").exists()
    assert codes_of(stopped) == ["restored"]


@pytest.mark.parametrize(
    "damage", [lambda content: content[:5000], lambda _: b"x" * 8192, lambda _: b""], ids=["cut", "foreign", "empty"]
)
def test_a_damaged_copy_replaces_nothing(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    here, copy = a_database(tmp_path / "here", "before"), a_database(tmp_path / "copy", "restored")
    copy.write_bytes(damage(copy.read_bytes()))
    with pytest.raises(Problem, match=r"backup\.damaged"):
        place_sqlite(copy, here)
    assert codes_of(here) == ["before"]
