"""What the record asks of the database in a minute in which nothing is new."""

import re
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from app.config import Settings
from app.extensions import db
from tests.factories.record.department import RecordedDepartment, monday


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    return RecordedDepartment(settings)


@pytest.mark.parametrize("table", ["placement", "case_list", "draw", "call_check", "edition", "release"])
def test_a_minute_in_which_nothing_is_new_reads_through_nothing(department: RecordedDepartment, table: str) -> None:
    """By what SQLite says of every question that is asked then; at the first look of a day all is looked through."""
    department.publish(0)
    assert [plan for plan in plans(department, monday(1, hour=7)) if _reads_through(plan, "placement")]
    department.keep(monday(1, hour=7, minute=1))
    asked = plans(department, monday(1, hour=7, minute=2))
    assert any(plan.startswith("SEARCH placement USING") for plan in asked)
    assert [plan for plan in asked if _reads_through(plan, table)] == []


def plans(department: RecordedDepartment, now: datetime) -> list[str]:
    """How SQLite goes about everything that is read while the record is kept."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        department.keep(now)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        told = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given).all() for one, given in asked]
    return [row.detail for rows in told for row in rows]


def _reads_through(plan: str, table: str) -> bool:
    """A small index of what was taken down alone, or corrected, is read whole."""
    return re.match(rf"SCAN {table}\b(?!.* (ix_placement_compromised|ix_edition_correction))", plan) is not None
