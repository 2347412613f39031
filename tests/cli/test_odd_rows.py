"""Somebody writes into SQLite what no column of that kind holds: each verifier names the row, and goes on."""

from datetime import UTC

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo

from app.cli import commands
from app.config import Settings
from app.domain.clocks import ClockReading
from app.extensions import db
from app.jobs.clock import read_clocks
from app.jobs.record.sealing import seal_all
from app.models import Place, SurveyVersion
from app.services.record.audit import record
from app.transaction import transaction
from tests.factories import add_placement
from tests.factories.record.department import RecordedDepartment, monday
from tests.services.responses.sending import NOW, incoming, send

ODD = [
    ("releases", "release", "last_week", "date"),
    ("releases", "release", "published_on", "date"),
    ("editions", "edition", "due_on", "date"),
    ("editions", "edition", "made_at", "time"),
    ("verdicts", "response", "week", "date"),
    ("verdicts", "verdict", "week", "date"),
    ("verdicts", "record_entry", "entered_on", "date"),
    ("seal", "response", "week", "date"),
    ("seal", "response", "id", "key of an answer"),
    ("seal", "verdict", "week", "date"),
    ("seal", "seal_week", "week", "date"),
    ("record", "record_checkpoint", "shown_from", "time"),
    ("record", "edition", "made_at", "time"),
    ("record", "receipt", "week", "date"),
]


@pytest.fixture
def published(app: Flask, settings: Settings) -> Flask:
    """A Monday of a department, an answer that was sealed, and some work in the office."""
    clocks = read_clocks()
    app.config["CLOCKS"] = lambda: ClockReading(monday(1).astimezone(UTC), clocks.boot, clocks.ran)
    department = RecordedDepartment(settings)
    department.publish(0)
    with transaction() as session:
        version = session.get_one(SurveyVersion, department.version)
        posted = add_placement(session, session.get_one(Place, department.places[0]), version), version
        for _ in range(3):
            record(session, "place.moved", f"place:{department.places[0]}", None, {}, NOW)
    send(incoming(posted, {"overall": 4}))
    seal_all()
    return app


@pytest.mark.parametrize(("group", "table", "column", "lacks"), ODD)
def test_the_row_is_named_and_no_fault_ends_it(
    published: Flask, group: str, table: str, column: str, lacks: str
) -> None:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        key = connection.exec_driver_sql(f"SELECT min({column}) FROM {table}").scalar()  # noqa: S608
        connection.exec_driver_sql(f"UPDATE {table} SET {column} = '2026-02-30' WHERE {column} = ?", (key,))  # noqa: S608
    info = ScriptInfo(create_app=lambda: published)
    told = CliRunner().invoke(commands, [group, "verify"], obj=info)
    assert isinstance(told.exception, SystemExit), told.exception
    assert told.exit_code == 1
    assert f"its {column} is no {lacks}" in told.output
    assert f"{table} " in told.output


def test_an_entry_of_the_audit_without_a_time_was_altered(published: Flask) -> None:
    with db.engine.begin() as connection:
        last = connection.exec_driver_sql("SELECT max(sequence) FROM audit_entry").scalar()
    assert last
    for sequence in (last, last - 1):
        with db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE audit_entry SET at = 'x' WHERE sequence = ?", (sequence,))
        told = published.test_cli_runner().invoke(commands, ["audit", "verify"])
        assert told.exit_code == 1
        assert f"entry {sequence}: the entry was altered" in told.output
