"""Taking a whole copy of a SQLite database that is in use, and putting one in place."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.domain.problem import Problem, ProblemType
from app.services.installation.start_checks import NO_TABLES

_PATIENCE_S = 60
#: steps of SQLite's own between two looks at how far a copy is
_STEPS = 50_000

#: whoever is told how much has been done, in bytes, and how much there is about
Progress = Callable[[int, int], None]

NO_DATABASE = ProblemType("backup.no_database", 409, "There is no database at %(file)s.")
IN_USE = ProblemType("backup.in_use", 409, "The database is in use. Stop the server and the worker first.")
DAMAGED = ProblemType("backup.damaged", 422, "The database in the backup is damaged: %(detail)s")


def copy_sqlite(database: Path, copy: Path, leave_empty: frozenset[str], progress: Progress | None = None) -> str:
    """Write a checked copy; returns the migration it stands at. Tables to be left empty are there, without a row.

    It is made as VACUUM INTO makes one, row by row in the order of the keys, from one state beside which others can
    write. But what is to be left out never enters it, not even for a moment: a copy that is killed stays on the disk.
    """
    if not database.is_file():
        raise Problem(NO_DATABASE, file=str(database))
    with closing(sqlite3.connect(database, isolation_level=None, timeout=_PATIENCE_S)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone():
            raise Problem(NO_TABLES)
        if progress is not None:
            _tell(connection, database, copy, progress)
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("ATTACH ? AS copy", (str(copy),))
        # What is cut off is thrown away, so it needs no journal; whole, it is brought to the disk at once.
        for pragma in (f"page_size={page_size}", "journal_mode=OFF", "synchronous=OFF"):
            connection.execute(f"PRAGMA copy.{pragma}")
        connection.execute("BEGIN")
        _copy_all(connection, leave_empty)
        connection.execute("COMMIT")
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        schema = _checked_schema(connection)
    _bring_to_disk(copy)
    return schema


def _copy_all(connection: sqlite3.Connection, leave_empty: frozenset[str]) -> None:
    """Tables, their rows, then everything that hangs on them: an index is made faster when the rows are there."""
    parts = connection.execute(
        "SELECT type, name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    tables = [(name, sql) for kind, name, sql in parts if kind == "table"]
    for _, sql in tables:
        connection.execute(_in_copy(sql))
    for name, _ in tables:
        if name not in leave_empty:
            quoted = '"' + name.replace('"', '""') + '"'
            connection.execute(f"INSERT INTO copy.{quoted} SELECT * FROM main.{quoted}")  # noqa: S608 - a table's name
    for kind, _, sql in parts:
        if kind != "table":
            connection.execute(_in_copy(sql))


def _in_copy(sql: str) -> str:
    """The statement that makes the same thing in the copy: SQLite keeps each as `CREATE kind name …`."""
    words = sql.split(None, 3) if sql.upper().startswith("CREATE UNIQUE") else sql.split(None, 2)
    return f"{' '.join(words[:-1])} copy.{words[-1]}"


def _tell(connection: sqlite3.Connection, database: Path, copy: Path, progress: Progress) -> None:
    whole = database.stat().st_size

    def look() -> int:
        progress(min(copy.stat().st_size, whole) if copy.exists() else 0, whole)
        return 0

    connection.set_progress_handler(look, _STEPS)


def _bring_to_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def place_sqlite(copy: Path, database: Path) -> None:
    """Check the copy and move it to where the database is; refused while anybody has that open."""
    check_sqlite(copy)
    if database.exists():
        _close_log(database)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if copy.stat().st_dev == database.parent.stat().st_dev:
        copy.replace(database)
        return
    # From another disk it comes beside the old one first: a disk that is full half way must leave that whole.
    near = database.with_name(f".{database.name}.restored")
    try:
        near.unlink(missing_ok=True)
        near.touch(mode=0o600)
        shutil.copyfile(copy, near)
        _bring_to_disk(near)
        near.replace(database)
    finally:
        near.unlink(missing_ok=True)


def check_sqlite(copy: Path) -> str:
    """The migration that a copy stands at; Problem `backup.damaged`."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        return _checked_schema(connection)


def _checked_schema(connection: sqlite3.Connection) -> str:
    """The migration a database stands at, once it has passed SQLite's own check."""
    try:
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise Problem(DAMAGED, detail=state)
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.DatabaseError, TypeError) as error:
        raise Problem(DAMAGED, detail=str(error)) from None
    return str(schema)


def _close_log(database: Path) -> None:
    """Fold the write-ahead log into the old file: left beside the new one, it would be applied to that."""
    try:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        raise Problem(IN_USE) from None
    except sqlite3.DatabaseError:
        # What is no database has no log that counts.
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
