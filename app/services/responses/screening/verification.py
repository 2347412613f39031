"""Whether every verdict of the machine follows from what is kept, and everything that follows was given."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Result, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.responses.screening.dated_policies import Policies
from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.responses.screening.policy import is_copied, lot
from app.domain.responses.verdict import Decision
from app.models import Finding, Place, RecordEntry, ReleaseMember, Response, ScreeningPolicy, Verdict
from app.services.odd_rows import odd_rows, readable
from app.services.record.log.entries import entry_about
from app.services.record.sources.policies import screening_policy
from app.services.responses.policies.dated import read_policies
from app.services.responses.screening.at_arrival import verify_first_verdicts
from app.services.responses.screening.findings import is_likeness
from app.services.responses.screening.settled import LOT_KEY
from app.services.responses.verdicts import COPIED, holds

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class VerdictVerification:
    """`copied`: how many answers were set aside for their likeness; `aside`: how many for what lay in themselves at
    arrival. `earlier`: how many verdicts were given by rules that this version does not know any more, or from findings
    that were not kept yet, and are taken as they are.
    """

    copied: int
    aside: int
    earlier: int
    faults: list[str] = field(default_factory=list)


def verify_verdicts(session: Session) -> VerdictVerification:
    """Make each anew from the facts, the lot and the policy of its number. What people decided is theirs.

    Read in one run in the order of the answers, so that memory does not grow.
    """
    if odd := odd_rows(session, ScreeningPolicy, RecordEntry):
        # By which policy to judge cannot be said.
        return VerdictVerification(0, 0, 0, [*map(str, odd)])
    key: bytes = session.info[LOT_KEY]
    policies = read_policies(session)
    first = verify_first_verdicts(session, policies)
    names = dict(session.execute(select(Place.id, Place.code)).all())
    faults = [str(odd) for odd in odd_rows(session, Response, Verdict, Finding)]
    faults += [*_policies_otherwise_entered(session, policies), *first.faults]
    for (id_, place_id, week, number, is_published), rows in groupby(_found(session), key=lambda row: row[:5]):
        of_week = policies.of(week)
        # What counts was not judged again, so it follows from the policy of its week.
        policy = of_week if number is None else policies.numbered(number)
        if policy is None:
            continue
        says = is_copied([Fact(Rule(row.rule), *row[6:]) for row in rows], lot(key, id_), policy.values)
        where = f"an answer of the week of {week} about {names[place_id]}"
        if number is not None and not says:
            faults.append(f"{where} was set aside as a copy, and what was found does not say so")
        if number is not None and policy.values != of_week.values:
            faults.append(f"{where} was set aside by policy {number}, and policy {of_week.number} held in that week")
        if says and is_published and number is None:
            faults.append(f"{where} was published as counted, and what was found says that it is a copy")
    copied = select(func.count()).select_from(Verdict).where(*_by_screening(Verdict))
    known = exists(select(1).where(Finding.response_id == Verdict.response_id, is_likeness()))
    for place_id, week in session.execute(
        select(Response.place_id, Response.week)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(*_by_screening(Verdict), ~known, readable(session, Response))
    ):
        faults.append(f"an answer of the week of {week} about {names[place_id]} was set aside as a copy of nothing")
    known_numbers = [policy.number for policy in policies.known]
    old = Verdict.sequence > 1, Verdict.policy_version.not_in(known_numbers)
    earlier = first.earlier + (session.scalar(select(func.count()).select_from(Verdict).where(*old)) or 0)
    return VerdictVerification(session.scalar(copied) or 0, first.aside, earlier, faults)


def _policies_otherwise_entered(session: Session, policies: Policies) -> list[str]:
    """Whoever alters a chosen policy in the database would alter what was judged by it."""
    faults = []
    for policy in policies.known:
        entry = entry_about(session, "policy_screening", policy.number)
        text = screening_policy(policy.number, policy.values)
        if entry is not None and entry.content["document"] != text.digest:
            faults.append(f"policy {policy.number} is not the one that was entered in the record")
    return faults


def _found(session: Session) -> Result[UUID, int, date, int | None, bool, str, int, int, int]:
    """Every fact, in the order of the answers: of which it is, by which policy screening set that aside, if it did, and
    whether it was published as counted by the machine; then what was found.
    """
    event = aliased(Verdict)
    screened = (
        select(func.max(event.policy_version))
        .where(event.response_id == Response.id, *_by_screening(event))
        .scalar_subquery()
    )
    published = exists(select(1).where(ReleaseMember.response_id == Response.id))
    counts = and_(Verdict.verdict == Decision.COUNTED.value, Verdict.account_id.is_(None), published)
    return session.execute(
        select(
            Response.id,
            Response.place_id,
            Response.week,
            screened,
            counts,
            Finding.rule,
            Finding.alike,
            Finding.expected_tenths,
            Finding.tail,
        )
        .join(Response, Response.id == Finding.response_id)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(holds(), is_likeness(), readable(session, Response))
        .order_by(Response.id)
        .execution_options(yield_per=_AT_ONCE)
    )


def _by_screening(event: type[Verdict]) -> tuple[ColumnElement[bool], ...]:
    return event.sequence > 1, event.reasons == COPIED, event.account_id.is_(None)
