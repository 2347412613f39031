"""Importing how many visits or cases there were: look first, then write all of it or nothing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.slips.case_counts import CHANGED, REFUSED, CasePlan, plan_cases
from app.domain.table import Table
from app.domain.weeks import day_of
from app.models import CaseCount, Place
from app.services.record.audit import record


def plan_case_import(session: Session, table: Table, *, now: datetime) -> CasePlan:
    """What importing the table would do, or every problem in it. Nothing is changed."""
    places = {row.code: row.id for row in session.execute(select(Place.code, Place.id))}
    rows = session.execute(select(CaseCount.place_id, CaseCount.quarter, CaseCount.cases))
    known = {(row.place_id, row.quarter): row.cases for row in rows}
    return plan_cases(table, places, known, day_of(now))


def import_cases(session: Session, table: Table, digest: str, *, actor_id: int | None, now: datetime) -> CasePlan:
    """Do all that the plan says; Problems `cases.import_refused` and `cases.import_changed`."""
    plan = plan_case_import(session, table, now=now)
    if plan.problems:
        raise Problem(REFUSED, parts=plan.problems, count=len(plan.problems))
    if plan.digest != digest:
        raise Problem(CHANGED)
    for change in plan.changes:
        session.merge(CaseCount(place_id=change.place_id, quarter=change.quarter, cases=change.after))
    if plan.changes:
        details = {"numbers": len(plan.changes), "quarters": plan.quarters}
        record(session, "cases.imported", "cases", actor_id, details, now)
    return plan
