"""Rounds changed: planned by one person, announced by another, cancelled with a reason. Nothing else ever changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.installation.quiet_period import QuietBlock
from app.domain.problem import Problem
from app.domain.surveys.rounds import round as rules
from app.domain.surveys.rounds.round import RoundDates, RoundState
from app.domain.surveys.survey import REQUIRED_LANGUAGES, SurveyDefinition, SurveyKind, SurveyState
from app.domain.weeks import day_of
from app.formats.canonical_json import write_json
from app.models import Place, Placement, Response, Round, Survey, SurveyVersion
from app.models.round import is_blind
from app.services.installation.quiet_periods import refuse_if_quiet
from app.services.locks import Job, hold, hold_for
from app.services.permissions import require_may
from app.services.places.ancestry import subtree_ids
from app.services.record.audit import record
from app.services.surveys.round_queries import dates_of, times_of

#: what a round may be answered through: of the others it is known how many were used
CHANNELS = (Channel.POSTER, Channel.COUNTER, Channel.HANDLE)


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What is asked about which place, and when. A quiz tells its right answers with the results."""

    survey_id: int
    place_id: int
    dates: RoundDates


def plan_round(session: Session, plan: RoundPlan, *, actor_id: int | None, now: datetime) -> int:
    """Keep a plan for somebody else to approve; its id. From now on its questions open on their day and not before.

    Problems `round.survey`, `round.taken`, `round.answered`, `round.codes`, `round.place`, and `quiet.blocked` if it
    would open in a quiet period.
    """
    _require_loud(session, plan.place_id, plan.dates, now)
    hold_for(session, _about(plan.survey_id))
    version_id = _published(session, plan.survey_id)
    row = Round(
        survey_version_id=version_id,
        place_id=plan.place_id,
        opens_at=plan.dates.opens_at,
        closes_at=plan.dates.closes_at,
        results_on=plan.dates.results_on,
        planned_by=actor_id,
    )
    _require_unanswered(session, plan.survey_id, version_id)
    _require_codes_fit(session, plan.survey_id, subtree_ids(session, plan.place_id, day_of(now)))
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Problem(rules.ROUND_TAKEN) from None
    record(session, "round.planned", f"round:{row.id}", actor_id, _days(plan.dates), now)
    return row.id


def announce_round(session: Session, round_id: int, *, actor_id: int | None, now: datetime) -> int:
    """Approve what somebody else has planned, which tells it to everybody; the public number that it gets.

    Problems `round.unknown`, `round.not_planned`, `round.same_person`, `round.too_soon`, `quiet.blocked`,
    and `account.not_allowed`.
    """
    # One at a time, so that numbers have no gap.
    hold_for(session, b"round numbers")
    row = _get(session, round_id)
    if rules.state_of(dates_of(row), times_of(row), now) is not RoundState.PLANNED:
        raise Problem(rules.ROUND_NOT_PLANNED)
    if actor_id is None or row.planned_by == actor_id:
        raise Problem(rules.ROUND_SAME_PERSON)
    require_may(session, actor_id, Permission.APPROVE_ROUNDS)
    if not rules.is_announced_in_time(dates_of(row), now):
        raise Problem(rules.ROUND_TOO_SOON, field="first")
    _require_loud(session, row.place_id, dates_of(row), now)
    number = (session.scalar(select(func.max(Round.number))) or 0) + 1
    document = _announcement(session, row, number)
    row.number, row.approved_by, row.announced_at = number, actor_id, now
    row.document, row.digest = document, rules.digest_of(document)
    session.flush()
    record(session, "round.announced", f"round:{row.id}", actor_id, {"number": number}, now)
    return number


def cancel_round(
    session: Session, round_id: int, reason: Mapping[str, str], *, actor_id: int | None, now: datetime
) -> None:
    """End a round without results. One that was announced stays to be seen with its reason, and its answers are kept
    and never counted; one that was only planned is withdrawn, and needs no reason.

    Problems `round.unknown`, `round.over`, `round.reason`.
    """
    # Whoever publishes it meanwhile comes first, or finds it cancelled.
    hold(session, Job.ROUNDS)
    row = _get(session, round_id)
    if rules.state_of(dates_of(row), times_of(row), now).is_over:
        raise Problem(rules.ROUND_OVER)
    if row.announced_at is not None:
        told = rules.check_reason(reason, REQUIRED_LANGUAGES)
        row.reason = write_json(told).decode()
    row.cancelled_at, row.cancelled_by = now, actor_id
    session.flush()
    if row.announced_at is None:
        record(session, "round.withdrawn", f"round:{row.id}", actor_id, {}, now)
    else:
        record(session, "round.cancelled", f"round:{row.id}", actor_id, {"number": row.number}, now)


def require_free(session: Session, survey: Survey) -> None:
    """Problem `round.holds` while a round of this survey has no results: what it asks is not changed meanwhile."""
    hold_for(session, _about(survey.id))
    held = select(Round.id).join(SurveyVersion, SurveyVersion.id == Round.survey_version_id)
    held = held.where(SurveyVersion.survey_id == survey.id, is_blind(SurveyVersion.id), Round.cancelled_at.is_(None))
    if session.scalars(held.limit(1)).first() is not None:
        raise Problem(rules.ROUND_HOLDS, slug=survey.slug)


def require_code_fits(session: Session, survey_id: int, place_id: int, channel: Channel, now: datetime) -> None:
    """Problems `round.codes` and `round.place` if a code would not fit the round that these questions are in."""
    hold_for(session, _about(survey_id))
    held = select(Round.place_id).join(SurveyVersion, SurveyVersion.id == Round.survey_version_id)
    held = held.where(SurveyVersion.survey_id == survey_id, is_blind(SurveyVersion.id), Round.cancelled_at.is_(None))
    of_round = session.scalars(held.limit(1)).first()
    if of_round is None:
        return
    if channel not in CHANNELS:
        raise Problem(rules.ROUND_CODES)
    if place_id not in subtree_ids(session, of_round, day_of(now)):
        raise Problem(rules.ROUND_PLACE)


def _require_loud(session: Session, place_id: int, dates: RoundDates, now: datetime) -> None:
    """Neither announced in a quiet period nor opened in one that is known."""
    for at in (now, dates.opens_at):
        refuse_if_quiet(session, QuietBlock.ROUNDS, place_id, at)


def _published(session: Session, survey_id: int) -> int:
    """The version that citizens are asked now."""
    row = session.execute(
        select(Survey.kind, SurveyVersion.id)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(Survey.id == survey_id, SurveyVersion.state == SurveyState.PUBLISHED.value)
    ).first()
    if row is None or SurveyKind(row.kind) is SurveyKind.SURVEY:
        raise Problem(rules.ROUND_SURVEY)
    return int(row.id)


def _require_unanswered(session: Session, survey_id: int, version_id: int) -> None:
    asked = select(Placement.place_id).where(Placement.survey_id == survey_id)
    answered = exists().where(Response.place_id.in_(asked), Response.survey_version_id == version_id)
    if session.scalar(select(answered)):
        raise Problem(rules.ROUND_ANSWERED)


def _require_codes_fit(session: Session, survey_id: int, within: frozenset[int]) -> None:
    codes = select(Placement.channel, Placement.place_id).where(
        Placement.survey_id == survey_id, Placement.retired_at.is_(None)
    )
    for row in session.execute(codes.distinct()):
        if Channel(row.channel) not in CHANNELS:
            raise Problem(rules.ROUND_CODES)
        if row.place_id not in within:
            raise Problem(rules.ROUND_PLACE)


def _announcement(session: Session, row: Round, number: int) -> str:
    version = session.get_one(SurveyVersion, row.survey_version_id)
    slug = session.get_one(Survey, version.survey_id).slug
    asked, place = SurveyDefinition.from_json(version.definition), session.get_one(Place, row.place_id).code
    return rules.announcement(number, place, slug, version.number, asked, dates_of(row))


def _get(session: Session, round_id: int) -> Round:
    """The round as it is now, locked: what is decided about it holds until the end of the transaction."""
    row = session.get(Round, round_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Problem(rules.ROUND_UNKNOWN)
    return row


def _days(dates: RoundDates) -> dict[str, object]:
    return {
        "first": dates.first_day.isoformat(),
        "last": dates.last_day.isoformat(),
        "results": dates.results_on.isoformat(),
    }


def _about(survey_id: int) -> bytes:
    return f"round of survey {survey_id}".encode()
