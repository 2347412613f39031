from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, text, update

from app.config import Settings
from app.domain.installation.helplines import COUNTRY_HELPLINES
from app.domain.responses.screening.dated_policies import DatedPolicy
from app.extensions import db
from app.factory import create_app
from app.models import Base, ScreeningPolicy
from app.services.installation.settings import read_settings
from app.services.responses.policies.dated import read_policies
from app.transaction import transaction
from tests.factories import add_place
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.meta import ROOT

OWN_HELPLINE = '[{"label_hi": "अ", "label_en": "A", "number": "1090"}]'
MIGRATIONS = ROOT / "app" / "migrations"


@pytest.fixture
def migrated(settings: Settings, database: str, request: pytest.FixtureRequest) -> Iterator[Flask]:
    if database == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgres_url"))
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        for engine in db.engines.values():
            engine.dispose()


@pytest.mark.both_databases
def test_the_migrations_make_the_tables_that_the_code_expects(migrated: Flask, database: str) -> None:
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, Base.metadata) == []


def test_the_migrations_make_the_very_same_sqlite_tables(migrated: Flask, tmp_path: Path) -> None:
    """Alembic sees neither CHECK constraints nor WITHOUT ROWID, so compare what SQLite itself says."""
    question = text("SELECT type, name, tbl_name FROM sqlite_schema WHERE tbl_name NOT LIKE 'alembic%' ORDER BY 1, 2")
    shapes = text("SELECT name, wr, strict FROM pragma_table_list WHERE name NOT LIKE 'alembic%' ORDER BY 1")
    checks = text(
        "SELECT name, length(sql) - length(replace(sql, ' CHECK ', '')) FROM sqlite_schema"
        " WHERE type = 'table' AND name NOT LIKE 'alembic%' ORDER BY 1"
    )
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    Base.metadata.create_all(made)
    with db.engine.connect() as ours, made.connect() as expected:
        for sql in (question, shapes, checks):
            assert ours.execute(sql).all() == expected.execute(sql).all()
    made.dispose()


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_a_second_run_changes_nothing(migrated: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.check()


def test_rows_that_point_at_nothing_stop_a_migration(migrated: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(
            "INSERT INTO parentage (place_id, parent_id, from_on) VALUES (404, 405, '2026-01-01')"
        )
    with pytest.raises(SystemExit):
        flask_migrate.upgrade()
    assert "2 rows that point at nothing" in caplog.text


@pytest.mark.both_databases
@pytest.mark.parametrize(("kept", "brought"), [("[]", 5), (OWN_HELPLINE, 1)])
def test_who_had_no_helplines_gets_those_of_the_country_unconfirmed(
    settings: Settings, database: str, request: pytest.FixtureRequest, kept: str, brought: int
) -> None:
    """What a department wrote itself was confirmed with all that it prints, and stays so."""
    if database == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgres_url"))
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade(revision="0011")
        with db.engine.begin() as connection:
            row = (
                "INSERT INTO department (id, name_hi, name_en, demonstration, host_confirmed_on, helplines)"
                " VALUES (1, 'अ', 'A', false, '2026-11-01', :kept)"
            )
            connection.execute(text(row), {"kept": kept})
        flask_migrate.upgrade()
        with transaction() as session:
            found = read_settings(session)
        assert [len(found.helplines), found.helplines_confirmed_on is None] == [brought, brought == 5]
        assert found.host_confirmed_on is not None
        if brought == 5:
            assert found.helplines == COUNTRY_HELPLINES
        for engine in db.engines.values():
            engine.dispose()


@pytest.mark.both_databases
def test_what_was_chosen_under_the_rules_before_holds_under_the_next(
    settings: Settings, database: str, request: pytest.FixtureRequest
) -> None:
    """The measured rules of likeness stayed the same, so that nobody has to choose anew."""
    if database == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgres_url"))
    app = create_app(settings)
    since = date(2026, 7, 6)
    with app.app_context():
        flask_migrate.upgrade(revision="0033")
        with transaction() as session:
            put_in_force(session, two_accounts(session, add_place(session)), STRICTER, since)
            session.execute(update(ScreeningPolicy).values(number=601))
        flask_migrate.upgrade()
        with transaction() as session:
            found = read_policies(session)
        assert found.newest == DatedPolicy(701, since, STRICTER)
        assert found.numbered(601) == DatedPolicy(601, since, STRICTER)
        for engine in db.engines.values():
            engine.dispose()
