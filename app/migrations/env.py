"""Runs the migrations, one transaction for all of them, on a connection of their own.

On SQLite a table is altered by copying it. With foreign keys on, dropping the old copy of a parent would
delete or orphan its children without a word, and switching them off inside a transaction does nothing. So
they are off before BEGIN, and every reference is checked before the commit.
"""

import sqlite3

from alembic import context
from flask import current_app
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from app.models import Base
from app.models.base import ResponseId, UtcDateTime

#: beside the numbers of app/services/locks.py
UPGRADE_LOCK = 73_000


def open_engine(url: URL) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=60000", "journal_mode=WAL", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def take_turns(connection: Connection) -> None:
    """Of two machines that upgrade at once the later waits, and finds nothing to do.

    SQLite does so by BEGIN IMMEDIATE. On PostgreSQL a table that a long reading holds is waited for by everybody behind
    us as well: better to give up, with nothing changed, than to hold up citizens.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")


def check_references(connection: Connection) -> None:
    """Refuse to commit rows that point at nothing."""
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise RuntimeError(f"the migration would leave {len(orphans)} rows that point at nothing: {orphans[:5]}")


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Spell our column types in SQLAlchemy's own words: a migration must not change when a class does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, ResponseId):
        return 'sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")'
    return False


engine = open_engine(current_app.extensions["migrate"].db.engine.url)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        transactional_ddl=True,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        take_turns(connection)
        context.run_migrations()
        check_references(connection)
engine.dispose()
