"""Checks by telephone: imported after a look, all or nothing, and read again."""

from collections.abc import Collection
from dataclasses import astuple, dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.draws.checks import CHANGED, REFUSED, Checked, CheckPlan, plan_checks, sum_of
from app.domain.places.place import BilingualName
from app.domain.problem import Problem
from app.domain.table import Table
from app.domain.weeks import day_of
from app.models import CallCheck, Place
from app.services.locks import hold_for
from app.services.record.audit import record

_NUMBERS = CallCheck.checked, CallCheck.unconfirmed, CallCheck.silent_asked, CallCheck.silent_good


@dataclass(frozen=True, slots=True)
class CheckView:
    """What was found at a place in a quarter, which is named by its first day."""

    place: BilingualName
    place_code: str
    quarter: date
    numbers: Checked


def plan_check_import(session: Session, table: Table, *, now: datetime) -> CheckPlan:
    """What importing the table would do, or every problem in it. Nothing is changed."""
    places = {row.code: row.id for row in session.execute(select(Place.code, Place.id))}
    rows = session.execute(select(CallCheck.place_id, CallCheck.quarter, *_NUMBERS))
    known = {(place_id, quarter): Checked(*numbers) for place_id, quarter, *numbers in rows}
    return plan_checks(table, places, known, day_of(now))


def import_checks(session: Session, table: Table, digest: str, *, actor_id: int | None, now: datetime) -> CheckPlan:
    """Do all that the plan says; Problems `checks.import_refused` and `checks.import_changed`."""
    # Two that bring the same quarter anew: the second waits, and then finds that what would change is another thing.
    hold_for(session, b"checks")
    plan = plan_check_import(session, table, now=now)
    if plan.problems:
        raise Problem(REFUSED, parts=plan.problems, count=len(plan.problems))
    if plan.digest != digest:
        raise Problem(CHANGED)
    for change in plan.changes:
        _keep(session, change.place_id, change.quarter, change.after)
    if plan.changes:
        details = {
            "numbers": len(plan.changes),
            "quarters": plan.quarters,
            "plan": plan.digest,
            "before": astuple(sum_of(change.before or Checked() for change in plan.changes)),
            "after": astuple(sum_of(change.after for change in plan.changes)),
        }
        record(session, "checks.imported", "checks", actor_id, details, now)
    return plan


def list_checks(session: Session, places: Collection[int]) -> tuple[CheckView, ...]:
    """Those of these places, the newest quarter first, and places by their codes."""
    rows = session.execute(
        select(Place, CallCheck.quarter, *_NUMBERS)
        .join(Place, Place.id == CallCheck.place_id)
        .where(CallCheck.place_id.in_(places))
        .order_by(CallCheck.quarter.desc(), Place.code)
    )
    return tuple(CheckView(place.name, place.code, quarter, Checked(*numbers)) for place, quarter, *numbers in rows)


def checks_of(session: Session, places: Collection[int], quarters: Collection[date]) -> Checked:
    """What was found at these places in these quarters, which are named by their first days: the sums."""
    sums = select(*(func.coalesce(func.sum(number), 0) for number in _NUMBERS))
    found = sums.where(CallCheck.place_id.in_(places), CallCheck.quarter.in_(quarters))
    return Checked(*map(int, session.execute(found).one()))


def _keep(session: Session, place_id: int, quarter: date, numbers: Checked) -> None:
    row = session.scalar(select(CallCheck).where(CallCheck.place_id == place_id, CallCheck.quarter == quarter))
    if row is None:
        row = CallCheck(place_id=place_id, quarter=quarter)
        session.add(row)
    row.checked, row.unconfirmed = numbers.checked, numbers.unconfirmed
    row.silent_asked, row.silent_good = numbers.silent_asked, numbers.silent_good
