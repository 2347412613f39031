"""The session maker and the only commit, for views, jobs and commands alike.

On SQLite a transaction that first reads and then writes fails under load when it began deferred: a read
snapshot cannot be upgraded, whatever the timeout. So writes begin IMMEDIATE, on an engine of their own,
and reads use a second engine that never takes the write lock.
"""

import hmac
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.extensions import db
from app.formats.watching.lock_times import LOCK_TIMES, LockTimes
from app.services.record.audit import AUDIT_KEY
from app.services.responses.screening.settled import LOT_KEY
from app.services.responses.seals.row_marks import MARK_KEY

READ = "read"
_BUSY_TIMEOUT_MS = 10_000


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that writes: committed once at the end, rolled back whole on any exception."""
    with Session(db.engine, expire_on_commit=False, info=_info()) as session, session.begin():
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads, on one snapshot. Nothing done in it is ever committed."""
    with Session(db.engines[READ], autoflush=False, info=_info()) as session:
        yield session


def _info() -> dict[str, bytes]:
    """What a session carries: keys that never enter the database, of the audit chain, of the lots of screening and of
    the marks beside answers; the last is empty where there is no key of the public record.
    """
    secrets = current_app.extensions["samvad.settings"].secrets
    return {AUDIT_KEY: secrets.audit, LOT_KEY: secrets.receipts, MARK_KEY: _mark_key(secrets.record)}


@lru_cache(maxsize=4)
def _mark_key(secret: bytes) -> bytes:
    """Made of the record's secret, so that whoever keeps the sheet of keys has both."""
    return secret and hmac.digest(secret, b"samvad marks", "sha256")


def prepare_engines() -> None:
    """Set up both engines of the current application; needs an application context."""
    for key, engine in db.engines.items():
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine, begin="BEGIN" if key == READ else "BEGIN IMMEDIATE")
    _time_writes(db.engine, current_app.extensions.setdefault(LOCK_TIMES, LockTimes()))


def _prepare_sqlite(engine: Engine, begin: str) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={_BUSY_TIMEOUT_MS}",
            "foreign_keys=ON",
            # Random keys touch many pages: the longer the log, the oftener one copy back serves several writes.
            "wal_autocheckpoint=8000",
            # What screening deletes after 72 hours must be gone from the file too.
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if engine.url.database:
            Path(engine.url.database).chmod(0o600)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # Past SQLAlchemy: every request begins once, and a result would be made that nobody reads.
        connection.connection.cursor().execute(begin).close()


def _time_writes(engine: Engine, times: LockTimes) -> None:
    """Count how long each transaction that writes waited for the lock, and held it until its commit was on the disk.

    Nothing is waited for at the start on PostgreSQL, where writers do not exclude each other.
    """
    waits = engine.dialect.name == "sqlite"

    @event.listens_for(engine, "begin", insert=True)
    def ask(connection: Connection) -> None:
        connection.info["asked"] = time.monotonic()

    @event.listens_for(engine, "begin")
    def take(connection: Connection) -> None:
        # Each statement by itself: a connection that is kept for a lock of its session, or for a VACUUM.
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            connection.info["taken"] = time.monotonic()

    @event.listens_for(engine, "checkin")
    def let_go(_connection: object, record: ConnectionPoolEntry) -> None:
        asked, taken = record.info.pop("asked", None), record.info.pop("taken", None)
        now = time.monotonic()
        if asked is not None and waits:
            # Whoever never got it waited in vain, and that is the wait that matters most.
            times.note_wait((taken or now) - asked)
        if taken is not None:
            times.note_hold(now - taken)
