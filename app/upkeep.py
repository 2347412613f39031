"""What jobs do to the database itself, between their transactions: taking turns, and cleaning what was deleted.

The two databases differ in it: SQLite is one file with one writer; PostgreSQL has sessions with locks of their own.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.extensions import db
from app.services.locks import Job
from app.transaction import READ

#: longer than the tenth of a second that SQLite sleeps at most between two looks at the lock
_PAUSE_S = 0.11
#: of each index; more takes longer and tells hardly more
_ROWS_OF_A_SAMPLE = 1_000


@contextmanager
def alone(job: Job) -> Iterator[bool]:
    """Whether nobody else does this job, from here to the end of the block, over any number of transactions.

    On PostgreSQL a lock of a connection that does nothing else; on SQLite, where all are on one machine, of a file
    beside the database. Both end with the process.
    """
    if not is_sqlite():
        with each_by_itself() as connection:
            held = bool(connection.scalar(select(func.pg_try_advisory_lock(job.value))))
            try:
                yield held
            finally:
                if held:
                    connection.scalar(select(func.pg_advisory_unlock(job.value)))
        return
    database = Path(str(db.engine.url.database))
    file = database.with_name(f"{database.name}-{job.name.lower()}")
    file.touch(mode=0o600)
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def let_others_in() -> None:
    """Between two transactions of a job. On SQLite whoever waits for the lock asks only every tenth of a second, and
    a job that took it again at once would keep them out.
    """
    if is_sqlite():
        time.sleep(_PAUSE_S)


@contextmanager
def each_by_itself() -> Iterator[Connection]:
    """On PostgreSQL, a connection of which every statement is a transaction: VACUUM cannot be part of another."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def clean_marks() -> None:
    """On PostgreSQL, free the room of marks that were folded: until then their bytes, with ids in them, stay."""
    if not is_sqlite():
        with each_by_itself() as connection:
            connection.exec_driver_sql("VACUUM tally_mark")


def learn_sizes() -> None:
    """On SQLite, look at a sample of each table, so that the smaller of two indexes is used; PostgreSQL does it itself.

    `PRAGMA optimize` would look only at what its own connection has asked for, and a job's connection asks nothing.
    """
    if is_sqlite():
        with closing(db.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_OF_A_SAMPLE}")
            cursor.execute("ANALYZE")
            cursor.close()


def empty_log() -> None:
    """On SQLite, copy the write-ahead log back and cut it, so that what was deleted is gone from there as well."""
    if is_sqlite():
        with closing(db.engines[READ].raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def write_file_anew() -> None:
    """On SQLite, write the whole file anew in the order of keys. Nobody else can write as long as it takes."""
    with closing(db.engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM").close()
    empty_log()


def is_sqlite() -> bool:
    """Whether writers exclude each other, and rows lie in pages by their key."""
    return db.engine.dialect.name == "sqlite"
