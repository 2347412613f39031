"""Whether the first verdict of each answer follows from what was found in itself when it arrived."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import and_, func, not_, select
from sqlalchemy.orm import Session

from app.domain.responses.reason import Reason
from app.domain.responses.screening.dated_policies import Policies
from app.domain.responses.screening.policy import reasons_at_arrival
from app.domain.responses.verdict import Decision
from app.formats.canonical_json import write_json
from app.models import Finding, Place, Response, Verdict
from app.services.odd_rows import readable
from app.services.responses.screening.findings import is_likeness

_AT_ONCE = 5_000
_REASONS = frozenset(Reason)


class FirstVerdicts(NamedTuple):
    """`aside`: how many answers were set aside at arrival by rules that keep what is found. `earlier`: how many first
    verdicts, of any kind, are older than these rules.
    """

    aside: int
    earlier: int
    faults: list[str]


def verify_first_verdicts(session: Session, policies: Policies) -> FirstVerdicts:
    """Read in one run in the order of the answers, so that memory does not grow."""
    aside, faults = 0, []
    for where, reasons, found in _set_aside(session, policies):
        aside += 1
        if not found:
            faults.append(f"{where} was set aside at arrival, and nothing was found")
        elif not found <= _REASONS or write_json(reasons_at_arrival(map(Reason, found))).decode() != reasons:
            faults.append(f"{where} was set aside at arrival for something else than was found")
    faults += [
        f"{where} was counted at arrival, and what was found sets it aside" for where in _counted(session, policies)
    ]
    old = Verdict.sequence == 1, Verdict.policy_version.not_in(policies.numbers)
    return FirstVerdicts(aside, session.scalar(select(func.count()).select_from(Verdict).where(*old)) or 0, faults)


def _set_aside(session: Session, policies: Policies) -> Iterator[tuple[str, str, set[str]]]:
    """Of each: which answer it is, for which reasons, as they are stored, and what was found."""
    kept = and_(Finding.response_id == Verdict.response_id, not_(is_likeness()))
    rows = session.execute(
        select(Verdict.response_id, Place.code, Verdict.week, Verdict.reasons, Finding.rule)
        .join(Response, Response.id == Verdict.response_id)
        .join(Place, Place.id == Response.place_id)
        .outerjoin(Finding, kept)
        .where(Verdict.verdict == Decision.SET_ASIDE.value, Verdict.sequence == 1)
        .where(Verdict.policy_version.in_(policies.numbers), readable(session, Verdict))
        .order_by(Verdict.response_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for (_, code, week, reasons), found in groupby(rows, key=lambda row: row[:4]):
        yield _where(code, week), reasons, {row.rule for row in found if row.rule is not None}


def _where(code: str, week: date) -> str:
    return f"an answer of the week of {week} about {code}"


def _counted(session: Session, policies: Policies) -> Iterator[str]:
    rows = session.execute(
        select(Place.code, Verdict.week)
        .join(Response, Response.place_id == Place.id)
        .join(Verdict, Verdict.response_id == Response.id)
        .join(Finding, Finding.response_id == Response.id)
        .where(not_(is_likeness()), Verdict.verdict == Decision.COUNTED.value, Verdict.sequence == 1)
        .where(Verdict.policy_version.in_(policies.numbers), readable(session, Verdict))
        .group_by(Response.id, Place.code, Verdict.week)
        .order_by(Response.id)
    )
    return (_where(*row) for row in rows)
