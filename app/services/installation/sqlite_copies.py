"""Taking a whole copy of a SQLite database that is in use, and putting one in place."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from app.domain.problem import Problem, ProblemType

_PATIENCE_S = 60

NO_DATABASE = ProblemType("backup.no_database", 409, "There is no database at %(file)s.")
IN_USE = ProblemType("backup.in_use", 409, "The database is in use. Stop the server and the worker first.")
DAMAGED = ProblemType("backup.damaged", 422, "The database in the backup is damaged: %(detail)s")


def copy_sqlite(database: Path, copy: Path) -> str:
    """Write a checked copy, without what screening kept by the minute; returns the migration it stands at."""
    if not database.is_file():
        raise Problem(NO_DATABASE, file=str(database))
    with closing(sqlite3.connect(database, isolation_level=None, timeout=_PATIENCE_S)) as connection:
        # One step, beside which others can write. Unlike a copy of the pages it leaves behind what was deleted.
        connection.execute("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("DELETE FROM arrival")
        return _checked_schema(connection)


def place_sqlite(copy: Path, database: Path) -> None:
    """Check the copy and move it to where the database is; refused while anybody has that open."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        _checked_schema(connection)
    if database.exists():
        _close_log(database)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.move(copy, database)


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
