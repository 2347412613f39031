"""What failed outside of Samvad, in one sentence: each failure is a real one."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from app.services.installation.failures import NO_ROOM, NO_TABLES, sentence_of


def failure_of(statement: str, url: str) -> DBAPIError:
    engine = create_engine(url)
    try:
        with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
            run(connection, *statement.split(";"))
    finally:
        engine.dispose()
    return caught.value


def run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT 1 FROM place", NO_TABLES),
        ("CREATE TABLE place (id); SELECT code FROM place", NO_TABLES),
        ("PRAGMA max_page_count = 2; CREATE TABLE a (b); CREATE TABLE c (d)", NO_ROOM),
        ("PRAGMA query_only = 1; CREATE TABLE a (b)", "The database cannot be written to"),
        ("SELECT 'somebody''s answer' FROM", "The database refused this: incomplete input."),
    ],
)
def test_of_sqlite(tmp_path: Path, statement: str, told: str) -> None:
    assert sentence_of(failure_of(statement, f"sqlite:///{tmp_path / 'x.db'}")).startswith(told)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"a letter" * 1000)
    assert "is no database" in sentence_of(failure_of("SELECT 1 FROM place", f"sqlite:///{tmp_path / 'x.db'}"))


def test_a_database_that_somebody_holds(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        told = sentence_of(failure_of("CREATE TABLE a (b)", f"sqlite:///{tmp_path / 'x.db'}?timeout=0.01"))
    assert told.startswith("Something else has been writing to the database")


def test_of_postgresql(postgres_url: str) -> None:
    assert sentence_of(failure_of("SELECT 1 FROM place", postgres_url)) == NO_TABLES
    assert "PostgreSQL refused this: division by zero" in sentence_of(failure_of("SELECT 1/0", postgres_url))
    nobody = postgres_url.replace("postgres@", "nobody@")
    assert sentence_of(failure_of("SELECT 1", nobody)).startswith("PostgreSQL does not answer: connection failed")


def test_of_files(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as full, Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"x")
    assert sentence_of(full.value) == NO_ROOM
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "nothing").read_bytes()
    assert sentence_of(missing.value) == f"{tmp_path}/nothing: No such file or directory"
    assert sentence_of(OSError(errno.EDQUOT, "Disk quota exceeded")) == NO_ROOM


def test_a_fault_of_our_own_is_told_with_its_place_and_not_with_what_it_held() -> None:
    with pytest.raises(KeyError) as caught:
        {}["somebody's answer"]
    told = sentence_of(caught.value)
    assert told.startswith("Samvad has a fault, please report it: KeyError in test_failures.py:")
    assert "answer" not in told
