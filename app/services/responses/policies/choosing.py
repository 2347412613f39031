"""Choosing another policy of screening: one account proposes it, a second confirms, and later it holds."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.responses.screening.dated_policies import NUMBERS, DatedPolicy
from app.domain.responses.screening.policy import Policy
from app.domain.responses.screening.policy_choice import (
    POLICY_GONE,
    POLICY_PROPOSED,
    POLICY_SAME_PERSON,
    POLICY_TOO_MANY,
    read_choice,
    require_notice,
)
from app.domain.weeks import day_of
from app.models import ScreeningPolicy
from app.services.locks import Job, hold
from app.services.record.audit import record
from app.services.responses.policies.dated import read_policies, values_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """Values that somebody proposed. `number` and `confirmed_on` are None while nobody has confirmed them."""

    id: int
    number: int | None
    since: date
    values: Policy
    reason: str
    proposed_by: int
    proposed_on: date
    confirmed_on: date | None


def open_proposal(session: Session) -> Proposal | None:
    """The one that waits: there is one at a time."""
    waits = ScreeningPolicy.number.is_(None), ScreeningPolicy.withdrawn_on.is_(None)
    row = session.scalars(select(ScreeningPolicy).where(*waits)).first()
    return None if row is None else _proposal(row)


def find_proposal(session: Session, id_: int) -> Proposal:
    """The one that waits, by its id. Problem `policy.gone`."""
    proposal = open_proposal(session)
    if proposal is None or proposal.id != id_:
        raise Problem(POLICY_GONE)
    return proposal


def confirmed(session: Session) -> list[Proposal]:
    """All that were ever confirmed, the newest first."""
    rows = select(ScreeningPolicy).where(ScreeningPolicy.number.is_not(None)).order_by(ScreeningPolicy.since.desc())
    return [_proposal(row) for row in session.scalars(rows)]


def propose_policy(session: Session, values: Policy, since: str, reason: str, actor_id: int, now: datetime) -> int:
    """The id of the proposal. `since` is a Monday as 2026-11-30.

    Problems `policy.wrong` with parts, `policy.same`, `policy.proposed`.
    """
    hold(session, Job.POLICY)
    choice = read_choice(values, since, reason, read_policies(session), day_of(now))
    if open_proposal(session) is not None:
        raise Problem(POLICY_PROPOSED)
    row = ScreeningPolicy(
        since=choice.since,
        **asdict(choice.values),
        reason=choice.reason,
        proposed_by=actor_id,
        proposed_on=day_of(now),
    )
    session.add(row)
    session.flush()
    _record(session, "policy.proposed", row, actor_id, now)
    return row.id


def withdraw_policy(session: Session, id_: int, actor_id: int, now: datetime) -> None:
    """Take a proposal back, one's own or somebody else's. Problem `policy.gone`."""
    hold(session, Job.POLICY)
    row = session.get_one(ScreeningPolicy, find_proposal(session, id_).id)
    row.withdrawn_on = day_of(now)
    session.flush()
    _record(session, "policy.withdrawn", row, actor_id, now)


def confirm_policy(session: Session, id_: int, actor_id: int, now: datetime) -> DatedPolicy:
    """Let it hold from its Monday on; from now on nobody can change it.

    Problems `policy.gone`, `policy.same_person`, `policy.late`, `policy.too_many`.
    """
    hold(session, Job.POLICY)
    proposal = find_proposal(session, id_)
    if proposal.proposed_by == actor_id:
        raise Problem(POLICY_SAME_PERSON)
    require_notice(proposal.since, day_of(now))
    row = session.get_one(ScreeningPolicy, proposal.id)
    row.number = _next_number(session)
    row.confirmed_by, row.confirmed_on = actor_id, day_of(now)
    session.flush()
    _record(session, "policy.confirmed", row, actor_id, now)
    return DatedPolicy(row.number, row.since, values_of(row))


def _next_number(session: Session) -> int:
    last = session.scalar(
        select(func.max(ScreeningPolicy.number)).where(ScreeningPolicy.number.between(NUMBERS[0], NUMBERS[-1]))
    )
    number = NUMBERS.start if last is None else last + 1
    if number not in NUMBERS:
        raise Problem(POLICY_TOO_MANY)
    return number


def _proposal(row: ScreeningPolicy) -> Proposal:
    return Proposal(
        row.id, row.number, row.since, values_of(row), row.reason, row.proposed_by, row.proposed_on, row.confirmed_on
    )


def _record(session: Session, action: str, row: ScreeningPolicy, actor_id: int, now: datetime) -> None:
    details = {**asdict(values_of(row)), "since": row.since.isoformat()}
    record(session, action, f"policy:{row.id}", actor_id, details, now)
