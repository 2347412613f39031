"""Numbers of cases: what was looked at is written, all of it or nothing."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.slips.case_counts import CasePlan
from app.domain.table import Table
from app.formats.tables.reading import read_table
from app.models import AuditEntry, CaseCount, Place
from app.services.slips.case_counts import import_cases, plan_case_import
from tests.factories import add_place

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
AUTUMN, SUMMER = date(2026, 10, 1), date(2026, 7, 1)


@pytest.fixture
def known(any_session: Session) -> Session:
    """Two stations with a number each, one of them for two quarters."""
    one, two = (add_place(any_session, code=code) for code in ("PS1", "PS2"))
    for place, quarter, cases in ((one, AUTUMN, 120), (one, SUMMER, 80), (two, AUTUMN, 40)):
        any_session.add(CaseCount(place_id=place.id, quarter=quarter, cases=cases))
    any_session.flush()
    return any_session


def table(*lines: str) -> Table:
    return read_table("\n".join(("code,quarter,cases", *lines)).encode())


def kept(session: Session) -> dict[tuple[str, date], int]:
    rows = session.execute(select(Place.code, CaseCount.quarter, CaseCount.cases).join(Place)).all()
    return {(row.code, row.quarter): row.cases for row in rows}


def bring(session: Session, read: Table) -> CasePlan:
    digest = plan_case_import(session, read, now=NOW).digest
    return import_cases(session, read, digest, actor_id=None, now=NOW)


def test_a_list_changes_the_numbers_that_it_names(known: Session) -> None:
    plan = bring(known, table("PS1,2026-Q4,130", "PS2,2026-Q3,50", "PS2,2026-Q4,40"))
    assert ([(each.before, each.after) for each in plan.changes], plan.unchanged) == ([(120, 130), (None, 50)], 1)
    assert kept(known) == {
        ("PS1", AUTUMN): 130,
        ("PS1", SUMMER): 80,
        ("PS2", AUTUMN): 40,
        ("PS2", SUMMER): 50,
    }
    entry = known.scalars(select(AuditEntry)).one()
    assert (entry.action, json.loads(entry.details)) == (
        "cases.imported",
        {"numbers": 2, "quarters": ["2026-Q3", "2026-Q4"]},
    )


def test_looking_changes_nothing_and_neither_does_a_list_of_what_is_known(known: Session) -> None:
    before = kept(known)
    plan_case_import(known, table("PS1,2026-Q4,1"), now=NOW)
    bring(known, table("PS1,2026-Q4,120"))
    assert kept(known) == before
    assert known.scalars(select(AuditEntry)).all() == []


def test_with_one_wrong_line_nothing_is_written(known: Session) -> None:
    before = kept(known)
    with pytest.raises(Problem, match=r"cases\.import_refused"):
        bring(known, table("PS1,2026-Q4,130", "PS9,2026-Q4,10"))
    assert kept(known) == before


def test_what_would_change_otherwise_than_was_shown_is_refused(known: Session) -> None:
    read = table("PS1,2026-Q4,130")
    digest = plan_case_import(known, read, now=NOW).digest
    bring(known, table("PS1,2026-Q4,125"))
    with pytest.raises(Problem, match=r"cases\.import_changed"):
        import_cases(known, read, digest, actor_id=None, now=NOW)
    assert kept(known)["PS1", AUTUMN] == 125
