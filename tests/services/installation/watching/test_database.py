import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.services.installation.watching.database import (
    check_keys,
    check_lock,
    check_log_mode,
    check_record_key,
    check_schema,
    check_version,
    check_whole,
)
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.installation.watching.examination import DatabaseCheck, connected
from tests.services.installation.watching.looking import change


def look(subject: Subject, check: DatabaseCheck) -> list[Defect]:
    with connected(subject.database_url) as connection:
        return check(subject, connection)


def test_nothing_is_found_where_nothing_is_wrong(subject: Subject) -> None:
    for check in (check_version, check_schema, check_keys, check_lock, check_log_mode, check_record_key, check_whole):
        assert look(subject, check) == []


def test_postgresql_is_asked_for_its_version_and_not_for_what_only_sqlite_has(
    subject: Subject, postgres_tables: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres_tables.connect() as connection:
        for check in (check_version, check_lock, check_log_mode, check_whole):
            assert check(subject, connection) == []
        monkeypatch.setattr(connection.dialect, "server_version_info", (14, 9))
        (found,) = check_version(subject, connection)
    assert found == Defect("start.postgres_old", "This is PostgreSQL 14.9, and Samvad needs 15 or newer.", Weight.STOPS)


@pytest.mark.parametrize(
    ("statement", "code", "weight"),
    [
        ("DELETE FROM alembic_version", "start.no_tables", Weight.STOPS),
        ("UPDATE alembic_version SET version_num = '0003'", "start.schema_older", Weight.STOPS),
        # What runs goes on: an upgrade with traffic running changes the tables first.
        ("UPDATE alembic_version SET version_num = '9999'", "start.schema_newer", Weight.MEND),
    ],
)
def test_another_schema_is_named(subject: Subject, statement: str, code: str, weight: Weight) -> None:
    change(subject, statement)
    (found,) = look(subject, check_schema)
    assert (found.code, found.weight) == (code, weight)


def test_without_a_key_the_record_is_not_kept(subject: Subject) -> None:
    (found,) = look(replace(subject, secrets=replace(subject.secrets, record=b"")), check_record_key)
    assert (found.code, "samvad record begin" in found.sentence) == ("record.no_key", True)


def test_a_key_that_the_secrets_lack_is_named(subject: Subject) -> None:
    change(subject, "INSERT INTO signing_key (id, created_on) VALUES (7, '2026-11-01')")
    (found,) = look(subject, check_keys)
    assert (found.code, found.weight, "signing key 7" in found.sentence) == ("start.key_missing", Weight.STOPS, True)


def test_a_database_that_somebody_holds_is_named_and_let_go_again(subject: Subject) -> None:
    file = subject.instance / "samvad.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (found,) = look(subject, check_lock)
        assert (found.code, found.weight) == ("database.locked", Weight.MEND)
        assert "for 0.05 seconds" in found.sentence
        other.execute("COMMIT")
        assert look(subject, check_lock) == []
        # It took the lock to see, and holds it no longer.
        other.execute("BEGIN IMMEDIATE")


def test_a_database_without_its_log_is_named(subject: Subject) -> None:
    change(subject, "PRAGMA journal_mode = DELETE")
    assert [found.code for found in look(subject, check_log_mode)] == ["database.no_log"]


def test_a_damaged_database_is_named(subject: Subject) -> None:
    change(subject, "PRAGMA wal_checkpoint(TRUNCATE)")
    file = subject.instance / "samvad.db"
    whole = bytearray(file.read_bytes())
    page = int.from_bytes(whole[16:18], "big")
    # The third page belongs to some table or index: its header says what kind it is, and this is none.
    whole[2 * page] = 0xFF
    file.write_bytes(whole)
    (found,) = look(subject, check_whole)
    assert (found.code, found.weight) == ("database.damaged", Weight.STOPS)
