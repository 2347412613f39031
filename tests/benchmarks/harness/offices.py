"""Pages of the office, and the same on a copy in PostgreSQL."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
from flask import Flask
from sqlalchemy import Engine, Table, insert, select, text

from app.config import Mode, Settings
from app.extensions import db
from app.factory import create_app
from app.models import Base
from app.upkeep import is_sqlite
from tests.fixtures.accounts import open_session
from tests.fixtures.postgres import control, fresh_database, start_server

ROUNDS = 15
_AT_ONCE = 2_000
#: of these no page of results reads a row
_NOT_COPIED = {
    "arrival", "conflicting_copy", "reason_cell", "release_member", "response", "tally", "tally_mark", "verdict",
    "waiting_cell",
}  # fmt: skip


def seconds_of_page(app: Flask, account_id: int, path: str) -> float:
    """The median of some, after two that fill what is remembered: on SQLite of the processor, which is all there is
    to it; PostgreSQL does its work elsewhere, so there it is the time that passed.
    """
    clock = time.process_time if is_sqlite() else time.perf_counter
    client = open_session(app.test_client(), account_id)
    taken = []
    for _ in range(ROUNDS + 2):
        began = clock()
        answer = client.get(path)
        taken.append(clock() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} was answered by {answer.status_code}")
    return statistics.median(taken[2:])


@contextmanager
def copied_to_postgres(settings: Settings) -> Iterator[Flask]:
    """An application on PostgreSQL with all that the present one has stored, but for answers and what is counted."""
    source = db.engines["read"]
    with TemporaryDirectory(prefix="samvad-bench-") as name:
        folder = Path(name)
        # Started by root, the server runs as somebody else.
        folder.chmod(0o755)
        start_server(folder)
        try:
            url = fresh_database(folder, "samvad")
            app = create_app(Settings(Mode.TEST, settings.instance, url, settings.address, settings.secrets))
            with app.app_context():
                flask_migrate.upgrade()
                _copy(source, db.engine)
                yield app
                for engine in db.engines.values():
                    engine.dispose()
        finally:
            control(folder, "stop", "--mode=immediate")


def _copy(source: Engine, target: Engine) -> None:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _NOT_COPIED]
    with target.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(table.name for table in tables)} CASCADE"))
    for table in tables:
        _copy_table(source, target, table)
    with target.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _copy_table(source: Engine, target: Engine, table: Table) -> None:
    with source.connect() as reader, target.begin() as writer:
        rows = reader.execute(select(table).execution_options(yield_per=_AT_ONCE))
        for several in rows.mappings().partitions():
            writer.execute(insert(table), [dict(row) for row in several])
