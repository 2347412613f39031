"""SQLite keeps whatever somebody writes into a column: that is a finding as well, and no traceback."""

from collections.abc import Callable
from uuid import UUID

import pytest

from app.extensions import db
from app.services.responses.seals.verification import verify_seals
from app.transaction import reading

ODD = ("place_id = 404", "survey_version_id = 404", "digest = 'x'", "broken = x'00'", "answers = 5", "mark = 'x'")


@pytest.mark.parametrize("assignment", [*ODD, "week = 'x'", "id = 'x'", "placement_id = 'x'", "channel = 5"])
def test_what_no_column_can_hold_is_found(sent: Callable[[int], list[UUID]], assignment: str) -> None:
    id_ = sent(3)[0]
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(f"UPDATE response SET {assignment} WHERE id = ?", (id_.bytes,))  # noqa: S608
    with reading() as session:
        found = list(verify_seals(session))
    assert any("altered" in line or "its " in line for line in found)
