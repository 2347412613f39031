"""Copies over which people may decide: looked at, proposed about and decided. For headquarters."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.domain.json_value import JsonObject
from app.domain.problem import Problem
from app.domain.responses.screening.decision import (
    COPIES_CHANGED,
    COPIES_GONE,
    COPIES_PROPOSED,
    COPIES_SAME_PERSON,
    Copies,
    CopyDecision,
    last_found,
    read_reason,
)
from app.domain.responses.verdict import Decision
from app.domain.weeks import week_of
from app.formats.canonical_json import read_to_show
from app.models import CopyProposal, Finding, ReleaseMember, Response, Verdict
from app.models.round import in_round
from app.services.locks import Job, hold
from app.services.record.audit import record
from app.services.responses.marks import Change, mark_changes
from app.services.responses.policies.dated import read_policies
from app.services.responses.seals.later_verdicts import write_verdicts
from app.services.responses.seals.row_marks import MarkedVerdict
from app.services.responses.verdicts import COPIED, holds

_NAMES = (Response.place_id, Response.survey_version_id, Response.evidence)


@dataclass(frozen=True, slots=True)
class Proposal:
    id: int
    decision: CopyDecision
    reason: str
    responses: int
    proposed_by: int


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Copies that wait for a decision, and what somebody has proposed about them, if anybody has."""

    copies: Copies
    responses: int
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Answers that are the very same, and how many there are of them."""

    answers: JsonObject
    responses: int


def copy_groups(session: Session, place_ids: Collection[int], now_week: date) -> list[CopyGroup]:
    """All that wait at these places, those first about which nobody can decide for much longer."""
    weeks = _found_weeks(now_week).subquery()
    rows = session.execute(
        select(*_NAMES, weeks.c.week, func.count())
        .join(weeks, weeks.c.response_id == Response.id)
        .where(Response.place_id.in_(place_ids))
        .group_by(*_NAMES, weeks.c.week)
        .order_by(weeks.c.week, *_NAMES)
    )
    groups = [(Copies(*names), responses) for *names, responses in rows]
    return [CopyGroup(copies, responses, _proposal(session, copies)) for copies, responses in groups]


def find_group(session: Session, copies: Copies, now_week: date) -> CopyGroup:
    """Problem `copies.gone`."""
    number = session.scalar(select(func.count()).select_from(_of_group(copies, now_week).subquery()))
    if not number:
        raise Problem(COPIES_GONE)
    return CopyGroup(copies, number, _proposal(session, copies))


def alike_answers(session: Session, copies: Copies, now_week: date) -> list[Alike]:
    """What they say, those that are the very same counted together, the most frequent first."""
    wanted = select(Response.answers).where(Response.id.in_(_of_group(copies, now_week)))
    counted = Counter(session.scalars(wanted))
    return [
        Alike(read_to_show(text), number) for text, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]


def propose(
    session: Session, copies: Copies, decision: CopyDecision, reason: str, actor_id: int, now: datetime
) -> None:
    """Problems `copies.gone`, `copies.reason`, `copies.proposed`."""
    hold(session, Job.PUBLISH)
    group = find_group(session, copies, week_of(now))
    if group.proposal is not None:
        raise Problem(COPIES_PROPOSED)
    session.add(
        CopyProposal(
            place_id=copies.place_id,
            survey_version_id=copies.survey_version_id,
            evidence=copies.evidence,
            found_week=copies.found_week,
            decision=decision.value,
            reason=read_reason(reason),
            responses=group.responses,
            proposed_by=actor_id,
        )
    )
    session.flush()
    _record(session, "copies.proposed", copies, decision, actor_id, now)


def withdraw(session: Session, copies: Copies, actor_id: int, now: datetime) -> None:
    """Take a proposal back, one's own or somebody else's, so that another can be made. Problem `copies.gone`."""
    group = find_group(session, copies, week_of(now))
    if group.proposal is None:
        raise Problem(COPIES_GONE)
    session.delete(session.get_one(CopyProposal, group.proposal.id))
    _record(session, "copies.withdrawn", copies, group.proposal.decision, actor_id, now)


def confirm(session: Session, copies: Copies, actor_id: int, now: datetime) -> None:
    """Let it hold: each of these answers gets a verdict of the person who confirms.

    Problems `copies.gone`, `copies.same_person`, `copies.changed`.
    """
    hold(session, Job.PUBLISH)
    group = find_group(session, copies, week_of(now))
    proposal = group.proposal
    if proposal is None:
        raise Problem(COPIES_GONE)
    if proposal.proposed_by == actor_id:
        raise Problem(COPIES_SAME_PERSON)
    if proposal.responses != group.responses:
        raise Problem(COPIES_CHANGED, now=group.responses, then=proposal.responses)
    session.get_one(CopyProposal, proposal.id).confirmed_by = actor_id
    _judge(session, _of_group(copies, week_of(now)), proposal.decision, actor_id)
    _record(session, "copies.decided", copies, proposal.decision, actor_id, now)


def _judge(session: Session, ids: Select[UUID], decision: CopyDecision, actor_id: int) -> None:
    counts = decision is CopyDecision.COUNT
    columns = (Verdict.response_id, Verdict.sequence, Verdict.week)
    held = session.execute(select(*columns).where(Verdict.response_id.in_(ids), holds())).all()
    policies = read_policies(session)
    events = [
        MarkedVerdict(
            response_id=id_,
            sequence=sequence + 1,
            verdict=(Decision.COUNTED if counts else Decision.SET_ASIDE).value,
            reasons="[]" if counts else COPIED,
            policy_version=policies.of(week).number,
            week=week,
            account_id=actor_id,
        )
        for id_, sequence, week in held
    ]
    write_verdicts(session, events)
    mark_changes(session, [Change(id_, sequence + 1) for id_, sequence, _ in held])


def _found_weeks(now_week: date) -> Select[UUID, date]:
    """The copies that nobody has decided about and no block holds, each with the week in which it was found last."""
    return (
        select(Finding.response_id, func.max(Finding.week).label("week"))
        .join(Verdict, Verdict.response_id == Finding.response_id)
        .join(Response, Response.id == Finding.response_id)
        # Of a round nobody sees an answer before its results, and then it is published.
        .where(Finding.week >= last_found(now_week), ~in_round(Response.survey_version_id))
        .where(Verdict.reasons == COPIED, Verdict.account_id.is_(None), holds())
        .where(~exists(select(1).where(ReleaseMember.response_id == Finding.response_id)))
        .group_by(Finding.response_id)
    )


def _of_group(copies: Copies, now_week: date) -> Select[UUID]:
    weeks = _found_weeks(now_week).subquery()
    same = zip(_NAMES, (copies.place_id, copies.survey_version_id, copies.evidence), strict=True)
    wanted = select(Response.id).join(weeks, weeks.c.response_id == Response.id)
    return wanted.where(weeks.c.week == copies.found_week, *(column == value for column, value in same))


def _proposal(session: Session, copies: Copies) -> Proposal | None:
    row = session.scalars(
        select(CopyProposal).where(
            CopyProposal.place_id == copies.place_id,
            CopyProposal.survey_version_id == copies.survey_version_id,
            CopyProposal.evidence == copies.evidence,
            CopyProposal.found_week == copies.found_week,
            CopyProposal.confirmed_by.is_(None),
        )
    ).first()
    if row is None:
        return None
    return Proposal(row.id, CopyDecision(row.decision), row.reason, row.responses, row.proposed_by)


def _record(
    session: Session, action: str, copies: Copies, decision: CopyDecision, actor_id: int, now: datetime
) -> None:
    details = {"decision": decision.value, "week": copies.found_week.isoformat()}
    record(session, action, f"place:{copies.place_id}", actor_id, details, now)
