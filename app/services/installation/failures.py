"""What failed outside of Samvad (the disk, the database, a file), said in one sentence to whoever runs a command.

English, as all that commands say. What is written is never shown: a statement and its values may be somebody's answers.
"""

import errno
import sqlite3
import traceback
from pathlib import Path

import psycopg
from psycopg import errors
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

NO_ROOM = "There is no room on the disk. What was begun was taken back; make room, and do it again."
NO_TABLES = "The database has no tables yet, or those of another version: run `samvad db upgrade`."

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What SQLite says, in the order in which it is looked for.
_SQLITE = {
    "disk is full": NO_ROOM,
    "no such table": NO_TABLES,
    "no such column": NO_TABLES,
    "has no column": NO_TABLES,
    "is locked": "Something else has been writing to the database for too long. Do it again when that has ended.",
    "not a database": "What stands in the place of the database is no database: restore a backup.",
    "malformed": "The database is damaged: restore a backup.",
    "unable to open": "The database cannot be opened: its folder must exist and belong to the user who runs this.",
    "readonly": "The database cannot be written to: its file and folder must belong to the user who runs this.",
    "disk I/O error": "The disk does not take or give what was asked of it. What was begun was taken back.",
}


def sentence_of(error: Exception) -> str:
    """The sentence for any exception; one of our own making is called a fault and told with its place."""
    cause = error.orig if isinstance(error, DBAPIError) and isinstance(error.orig, Exception) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if isinstance(cause, psycopg.Error):
        return _of_postgres(cause)
    if isinstance(cause, OSError):
        return _of_file(cause)
    if isinstance(cause, MemoryError):
        return "There is not enough memory for this."
    if isinstance(cause, UnicodeError):
        return "This is not text in UTF-8."
    if isinstance(cause, ArgumentError):
        return "SAMVAD_DATABASE_URL cannot be read."
    if isinstance(cause, SQLAlchemyError):
        return f"The database could not be used: {_first_line(cause)}"
    return f"Samvad has a fault, please report it: {type(cause).__name__} in {_place_of(cause)}."


def _of_sqlite(error: sqlite3.Error) -> str:
    said = str(error)
    return next((told for part, told in _SQLITE.items() if part in said), f"The database refused this: {said}.")


def _of_postgres(error: psycopg.Error) -> str:
    if isinstance(error, errors.DiskFull):
        return NO_ROOM
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn):
        return NO_TABLES
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"PostgreSQL does not answer: {_first_line(error)}"
    return f"PostgreSQL refused this: {_first_line(error)}"


def _of_file(error: OSError) -> str:
    if error.errno in _NO_ROOM:
        return NO_ROOM
    said = error.strerror or type(error).__name__
    return f"{error.filename}: {said}" if error.filename is not None else said


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _place_of(error: Exception) -> str:
    """The line of our own code that it came through last."""
    own = Path(__file__).parents[2]
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename).is_relative_to(own)] or frames
    return f"{Path(inside[-1].filename).name}:{inside[-1].lineno}" if inside else "an unknown place"
