"""Choosing another policy of screening: one account proposes it, a second confirms, and later it holds."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

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
from app.models import Account, ScreeningPolicy
from app.services.locks import Job, hold
from app.services.record.audit import record
from app.services.responses.policies.dated import read_policies, values_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """Values that an account proposed, which it names by its user name.

    `number`, `confirmed_by` and `confirmed_on` are None while nobody has confirmed them.
    """

    id: int
    number: int | None
    since: date
    values: Policy
    reason: str
    proposer_id: int
    proposed_by: str
    proposed_on: date
    confirmed_by: str | None
    confirmed_on: date | None


def open_proposal(session: Session) -> Proposal | None:
    """The one that waits: there is one at a time."""
    waits = ScreeningPolicy.number.is_(None), ScreeningPolicy.withdrawn_on.is_(None)
    return next(iter(_read(session, *waits)), None)


def find_proposal(session: Session, id_: int) -> Proposal:
    """The one that waits, by its id. Problem `policy.gone`."""
    proposal = open_proposal(session)
    if proposal is None or proposal.id != id_:
        raise Problem(POLICY_GONE)
    return proposal


def confirmed(session: Session) -> list[Proposal]:
    """All that were ever confirmed, the newest first."""
    return _read(session, ScreeningPolicy.number.is_not(None))


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
    if proposal.proposer_id == actor_id:
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


def _read(session: Session, *conditions: ColumnElement[bool]) -> list[Proposal]:
    proposer, confirmer = aliased(Account), aliased(Account)
    rows = session.execute(
        select(ScreeningPolicy, proposer.username, confirmer.username)
        .join(proposer, proposer.id == ScreeningPolicy.proposed_by)
        .outerjoin(confirmer, confirmer.id == ScreeningPolicy.confirmed_by)
        .where(*conditions)
        .order_by(ScreeningPolicy.since.desc())
    )
    return [
        Proposal(
            id=row.id,
            number=row.number,
            since=row.since,
            values=values_of(row),
            reason=row.reason,
            proposer_id=row.proposed_by,
            proposed_by=proposed_by,
            proposed_on=row.proposed_on,
            confirmed_by=confirmed_by,
            confirmed_on=row.confirmed_on,
        )
        for row, proposed_by, confirmed_by in rows
    ]


def _record(session: Session, action: str, row: ScreeningPolicy, actor_id: int, now: datetime) -> None:
    details = {**asdict(values_of(row)), "since": row.since.isoformat()}
    record(session, action, f"policy:{row.id}", actor_id, details, now)
