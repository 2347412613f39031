"""A database of any earlier version comes to the present one with its figures unchanged.

It holds what an installation of then held, in the tables and columns of its time: those of tests/vectors/earlier that
were there.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from sqlalchemy import Engine, RowMapping, create_engine, insert, inspect, select, text

from app.config import Settings
from app.domain.figures.report import Report
from app.extensions import db
from app.factory import create_app
from app.models import Base
from app.services.figures.release_queries import verify_releases
from app.services.figures.reports import station_report
from app.services.installation.schemas import known_schemas
from app.services.record.audit import Head, verify_audit
from app.transaction import reading
from tests.fixtures.earlier import KNOWN, LEFT_AT, restore

EARLIER = known_schemas()[:-1]
#: what a migration changes on purpose, with the tests of its own in tests/meta/product/test_schema.py
CHANGED = {("department", "helplines"), ("department", "helplines_confirmed_on"), ("department", "emblem_mark")}
#: by all migrations up to this one, on PostgreSQL too
OLD = "0005"

LEFT_ON = LEFT_AT.date()

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An empty database as each earlier migration left it."""
    folder = tmp_path_factory.mktemp("stages")
    settings = restore(folder / "instance")
    settings = replace(settings, database_url=f"sqlite:///{folder / 'at.db'}")
    files = {}
    with create_app(settings).app_context():
        for revision in EARLIER:
            flask_migrate.upgrade(revision=revision)
            files[revision] = folder / f"{revision}.db"
            with closing(sqlite3.connect(folder / "at.db")) as connection:
                connection.execute("VACUUM INTO ?", (str(files[revision]),))
        for engine in db.engines.values():
            engine.dispose()
    return files


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return restore(tmp_path / "instance")


@pytest.fixture
def kept(settings: Settings) -> Iterator[Engine]:
    """What was there, as an earlier version left it."""
    shutil.move(settings.instance / "samvad.db", settings.instance / "kept.db")
    engine = create_engine(f"sqlite:///{settings.instance / 'kept.db'}")
    yield engine
    engine.dispose()


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    with create_app(settings).app_context():
        yield
        for engine in db.engines.values():
            engine.dispose()


def columns_of(engine: Engine) -> dict[str, set[str]]:
    found = inspect(engine)
    return {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}


def rows_in(engine: Engine, columns: dict[str, set[str]]) -> Rows:
    """Every row of the tables that are known, in the columns that are asked for."""
    rows: Rows = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            wanted = [column for column in table.columns if column.name in columns.get(table.name, ())]
            if wanted:
                found: list[RowMapping] = list(connection.execute(select(*wanted)).mappings())
                rows[table.name] = sorted((dict(row) for row in found), key=repr)
    return rows


def fill(engine: Engine, kept: Engine) -> Rows:
    """Write what was there into the tables and columns that this database has; and what that was."""
    now, then = columns_of(engine), columns_of(kept)
    common = {table: now[table] & then[table] for table in now.keys() & then.keys()}
    rows = rows_in(kept, common)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table, content in rows.items():
            if content:
                connection.execute(insert(Base.metadata.tables[table]), content)
    return rows


def unchanged(rows: Rows) -> Rows:
    return {
        table: sorted(
            ({name: value for name, value in row.items() if (table, name) not in CHANGED} for row in content), key=repr
        )
        for table, content in rows.items()
    }


def figures() -> Report:
    """The report that the station head downloaded then."""
    with reading() as session:
        return station_report(session, KNOWN["station_id"], "station-visit", None, LEFT_ON)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of the whole installation, of which tests/meta shows that it is the one that was printed then."""
    settings = restore(tmp_path_factory.mktemp("whole") / "instance")
    with running(settings):
        flask_migrate.upgrade()
        return figures()


def check(settings: Settings, kept: Engine, report: Report) -> None:
    with running(settings):
        written = fill(db.engine, kept)
        flask_migrate.upgrade()
        columns = {table: set(content[0]) for table, content in written.items() if content}
        assert unchanged(rows_in(db.engine, columns)) == unchanged({table: written[table] for table in columns})
        sequence, mark = KNOWN["audit_head"].split(":")
        with reading() as session:
            verification = verify_releases(session)
            assert (verification.releases > 0, verification.faults) == (True, [])
            assert verify_audit(session, Head(int(sequence), mark)).sequence >= int(sequence)
        assert KNOWN["digest"] in repr(report)
        assert figures() == report


@pytest.mark.parametrize("revision", EARLIER)
def test_figures_stay_as_they_were(
    settings: Settings, stages: dict[str, Path], kept: Engine, report: Report, revision: str
) -> None:
    shutil.copyfile(stages[revision], settings.instance / "samvad.db")
    check(settings, kept, report)


def test_figures_stay_as_they_were_on_postgresql(
    settings: Settings, kept: Engine, report: Report, postgres_url: str
) -> None:
    settings = replace(settings, database_url=postgres_url)
    with running(settings):
        flask_migrate.upgrade(revision=OLD)
    check(settings, kept, report)
