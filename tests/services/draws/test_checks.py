"""Checks by telephone: what was looked at is written, all of it or nothing, and summed again."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.draws.checks import Checked, CheckPlan
from app.domain.problem import Problem
from app.domain.table import Table
from app.formats.tables.reading import read_table
from app.models import AuditEntry, CallCheck
from app.services.draws.checks import checks_of, import_checks, list_checks, plan_check_import
from tests.factories import add_place

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
AUTUMN, SUMMER = date(2026, 10, 1), date(2026, 7, 1)


@pytest.fixture
def places(any_session: Session) -> tuple[Session, list[int]]:
    """Two stations; of the first something is known."""
    ids = [add_place(any_session, code=code).id for code in ("S-1", "S-2")]
    bring(any_session, table("S-1,2026-Q4,20,1,12,7", "S-1,2026-Q3,30,3,,"))
    return any_session, ids


def table(*lines: str) -> Table:
    head = "place,quarter,checked,unconfirmed,silent_asked,silent_good"
    return read_table("\n".join((head, *lines)).encode())


def bring(session: Session, read: Table) -> CheckPlan:
    digest = plan_check_import(session, read, now=NOW).digest
    return import_checks(session, read, digest, actor_id=None, now=NOW)


def kept(session: Session, places: list[int]) -> list[tuple[str, date, Checked]]:
    return [(view.place_code, view.quarter, view.numbers) for view in list_checks(session, places)]


def test_a_list_changes_what_it_names_and_the_rows_stay_the_same(places: tuple[Session, list[int]]) -> None:
    session, ids = places
    before = set(session.scalars(select(CallCheck.id)))
    plan = bring(session, table("S-1,2026-Q4,24,2,,", "S-2,2026-Q4,0,0,5,1", "S-1,2026-Q3,30,3,,"))
    assert (len(plan.changes), plan.unchanged) == (2, 1)
    assert kept(session, ids) == [
        ("S-1", AUTUMN, Checked(24, 2, 12, 7)),
        ("S-2", AUTUMN, Checked(0, 0, 5, 1)),
        ("S-1", SUMMER, Checked(30, 3)),
    ]
    assert kept(session, ids[1:]) == [("S-2", AUTUMN, Checked(0, 0, 5, 1))]
    assert before < set(session.scalars(select(CallCheck.id)))
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == ("checks.imported", "checks")
    assert json.loads(entry.details) == {
        "numbers": 2,
        "quarters": ["2026-Q4"],
        "plan": plan.digest,
        "before": [20, 1, 12, 7],
        "after": [24, 2, 17, 8],
    }


def test_with_one_wrong_line_nothing_is_written(places: tuple[Session, list[int]]) -> None:
    session, ids = places
    before = kept(session, ids)
    with pytest.raises(Problem, match=r"checks\.import_refused"):
        bring(session, table("S-1,2026-Q4,24,2,,", "S-2,2026-Q4,1,2,,"))
    assert kept(session, ids) == before


def test_what_would_change_otherwise_than_was_shown_is_refused(places: tuple[Session, list[int]]) -> None:
    session, _ = places
    read = table("S-1,2026-Q4,24,2,,")
    digest = plan_check_import(session, read, now=NOW).digest
    bring(session, table("S-1,2026-Q4,22,2,,"))
    with pytest.raises(Problem, match=r"checks\.import_changed"):
        import_checks(session, read, digest, actor_id=None, now=NOW)
    entries = session.scalars(select(AuditEntry.action)).all()
    bring(session, table("S-1,2026-Q4,22,2,,"))
    assert session.scalars(select(AuditEntry.action)).all() == entries, "nothing changed, so nothing was done"


def test_sums_are_of_the_places_and_quarters_that_are_asked_for(places: tuple[Session, list[int]]) -> None:
    session, (one, two) = places
    bring(session, table("S-2,2026-Q4,10,0,5,1"))
    assert checks_of(session, [one, two], [AUTUMN]) == Checked(30, 1, 17, 8)
    assert checks_of(session, [one], [AUTUMN, SUMMER]) == Checked(50, 4, 12, 7)
    assert checks_of(session, [two], [SUMMER]) == Checked()
    assert checks_of(session, [], []) == Checked()


def test_a_check_keeps_numbers_alone() -> None:
    columns = {column.name: column.type.python_type for column in CallCheck.__table__.columns}
    assert columns.pop("quarter") is date
    assert columns == dict.fromkeys(("id", "place_id", "checked", "unconfirmed", "silent_asked", "silent_good"), int)


@pytest.mark.parametrize("numbers", [(1, 2, 0, 0), (0, -1, 0, 0), (0, 0, 1, 2), (-1, -1, 0, 0)])
def test_the_database_keeps_no_part_larger_than_its_whole(any_session: Session, numbers: tuple[int, ...]) -> None:
    names = ("checked", "unconfirmed", "silent_asked", "silent_good")
    row = CallCheck(place_id=add_place(any_session).id, quarter=AUTUMN, **dict(zip(names, numbers, strict=True)))
    any_session.add(row)
    with pytest.raises(IntegrityError):
        any_session.flush()
    any_session.rollback()
