"""Rounds read: which there are, and whose answers nobody may count."""

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, Row, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.installation.quiet_period import QuietBlock, QuietPeriod
from app.domain.places.place import BilingualName, PlaceKind
from app.domain.problem import Problem
from app.domain.surveys.rounds.round import ROUND_UNKNOWN, RoundDates, RoundState, RoundTimes, canonical, state_of
from app.domain.surveys.survey import SurveyDefinition, SurveyKind, SurveyState
from app.models import Place, Round, Survey, SurveyVersion
from app.models.round import is_blind, round_holds
from app.services.installation.quiet_periods import decided_periods, held_until, quiet_for

_Columns = Row[Round, SurveyVersion, Survey, Place]


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as it stands at a moment. `number` is None until it is announced; `reason` is by language."""

    id: int
    number: int | None
    survey_id: int
    survey_version_id: int
    slug: str
    version: int
    kind: SurveyKind
    title: BilingualName
    place_id: int
    place_code: str
    place_page: str | None
    place: BilingualName
    place_kind: PlaceKind
    dates: RoundDates
    times: RoundTimes
    planned_by: int | None
    approved_by: int | None
    reason: Mapping[str, str]
    digest: str | None
    state: RoundState
    #: which quiet period holds its results, while it is `held`, and when it lets go
    held: QuietPeriod | None
    shown_from: datetime | None


@dataclass(frozen=True, slots=True)
class RoundPhase:
    """Of what stands behind a code: the round's public number, its dates, and how it stands."""

    version_id: int
    number: int | None
    dates: RoundDates
    state: RoundState


def list_rounds(session: Session, now: datetime) -> list[RoundView]:
    """All of them, those that open last first."""
    rows = session.execute(_rows().order_by(Round.opens_at.desc(), Round.id.desc()))
    return [_view(session, row, now) for row in rows.all()]


def public_rounds(session: Session, now: datetime) -> list[RoundView]:
    """Those that were announced, the newest first."""
    rows = session.execute(_rows().where(Round.number.is_not(None)).order_by(Round.number.desc()))
    return [_view(session, row, now) for row in rows.all()]


def public_numbers(session: Session) -> list[int]:
    """Of those that were announced, in their order."""
    numbers = session.scalars(select(Round.number).where(Round.number.is_not(None)).order_by(Round.number))
    return [number for number in numbers if number is not None]


def public_states(session: Session, now: datetime) -> tuple[Hashable, ...]:
    """What moves in public rounds by the clock alone: how each stands, and which orders hold results back."""
    rows = session.execute(_times().where(Round.number.is_not(None)).order_by(Round.number))
    states = (state_of(RoundDates(*row[:3]), RoundTimes(*row[3:]), now) for row in rows)
    holding = decided_periods(session, QuietBlock.ROUND_RESULTS)
    return *states, *(one.id for one in holding if one.holds_at(now))


def get_round(session: Session, round_id: int, now: datetime) -> RoundView:
    """Problem `round.unknown`."""
    return _only(session, _rows().where(Round.id == round_id), now)


def round_numbered(session: Session, number: int, now: datetime) -> RoundView:
    """By its public number; Problem `round.unknown`, also before it is announced."""
    return _only(session, _rows().where(Round.number == number), now)


def newest_round(session: Session, survey_id: int, now: datetime) -> RoundPhase | None:
    """The round in which the newest version of a survey that was published is asked, if it is in one."""
    row = session.execute(_newest(), {"survey": survey_id}).first()
    if row is None:
        return None
    dates = RoundDates(row.opens_at, row.closes_at, row.results_on)
    times = RoundTimes(row.announced_at, row.cancelled_at, row.published_at)
    return RoundPhase(row.survey_version_id, row.number, dates, state_of(dates, times, now))


def days_of_results(session: Session) -> dict[str, date]:
    """By the slug of each survey of which nobody may count answers yet, the day on which they are counted."""
    rows = select(Survey.slug, Round.results_on)
    rows = rows.join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
    rows = rows.join(Round, Round.survey_version_id == SurveyVersion.id)
    return dict(session.execute(rows.where(is_blind(SurveyVersion.id), Round.cancelled_at.is_(None))).all())


def definition_of(session: Session, view: RoundView) -> SurveyDefinition:
    """What it asks, right answers of a quiz among it: for whoever may be told them."""
    text = session.scalars(select(SurveyVersion.definition).where(SurveyVersion.id == view.survey_version_id)).one()
    return SurveyDefinition.from_json(text)


def document_of(session: Session, view: RoundView) -> str | None:
    """What is served of it: its announcement, later its results; None before. Of results that are held nothing is."""
    text = session.scalars(select(Round.document).where(Round.id == view.id)).one()
    return canonical(json.loads(text or "{}")["announced"]) if view.state is RoundState.HELD else text


def blind_versions(session: Session) -> frozenset[int]:
    """The versions whose answers nobody may count."""
    return frozenset(session.scalars(select(SurveyVersion.id).where(is_blind(SurveyVersion.id))))


def in_published_round(version_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition under which a version is asked in a round that has its results."""
    return version_id.in_(select(Round.survey_version_id).where(Round.published_at.is_not(None)))


def dates_of(row: Round) -> RoundDates:
    return RoundDates(row.opens_at, row.closes_at, row.results_on)


def times_of(row: Round) -> RoundTimes:
    return RoundTimes(row.announced_at, row.cancelled_at, row.published_at)


def _state(row: Round, now: datetime) -> RoundState:
    return state_of(dates_of(row), times_of(row), now)


@cache
def _newest() -> Select[int, int | None, datetime, datetime, date, datetime | None, datetime | None, datetime | None]:
    """Built once: every citizen's page runs it, and putting it together takes longer than running it."""
    of_survey = SurveyVersion.survey_id == bindparam("survey"), SurveyVersion.state != SurveyState.DRAFT.value
    version = select(SurveyVersion.id).where(*of_survey).order_by(SurveyVersion.number.desc()).limit(1)
    times = Round.announced_at, Round.cancelled_at, Round.published_at
    columns = Round.survey_version_id, Round.number, Round.opens_at, Round.closes_at, Round.results_on, *times
    return select(*columns).where(Round.survey_version_id == version.scalar_subquery(), round_holds())


def _held(session: Session, row: Round, now: datetime) -> tuple[QuietPeriod | None, datetime | None]:
    """Which quiet period holds its results, and when they are shown."""
    period = row.published_at and quiet_for(session, QuietBlock.ROUND_RESULTS, row.place_id, now)
    if row.published_at is None or not period:
        return None, None
    shown_from = held_until(session, QuietBlock.ROUND_RESULTS, row.place_id, row.published_at)
    return (period, shown_from) if shown_from > now else (None, None)


def _times() -> Select[datetime, datetime, date, datetime | None, datetime | None, datetime | None]:
    times = Round.announced_at, Round.cancelled_at, Round.published_at
    return select(Round.opens_at, Round.closes_at, Round.results_on, *times)


def _rows() -> Select[Round, SurveyVersion, Survey, Place]:
    return (
        select(Round, SurveyVersion, Survey, Place)
        .join(SurveyVersion, SurveyVersion.id == Round.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .join(Place, Place.id == Round.place_id)
    )


def _only(session: Session, rows: Select[Round, SurveyVersion, Survey, Place], now: datetime) -> RoundView:
    row = session.execute(rows).one_or_none()
    if row is None:
        raise Problem(ROUND_UNKNOWN)
    return _view(session, row, now)


def _view(session: Session, row: _Columns, now: datetime) -> RoundView:
    kept, version, survey, place = row
    held, shown_from = _held(session, kept, now)
    title = SurveyDefinition.from_json(version.definition).title
    return RoundView(
        id=kept.id,
        number=kept.number,
        survey_id=survey.id,
        survey_version_id=version.id,
        slug=survey.slug,
        version=version.number,
        kind=SurveyKind(survey.kind),
        title=BilingualName(title.get("hi"), title.get("en")),
        place_id=place.id,
        place_code=place.code,
        place_page=place.page,
        place=place.name,
        place_kind=PlaceKind(place.kind),
        dates=dates_of(kept),
        times=times_of(kept),
        planned_by=kept.planned_by,
        approved_by=kept.approved_by,
        reason=json.loads(kept.reason) if kept.reason else {},
        digest=kept.digest,
        state=RoundState.HELD if held else _state(kept, now),
        held=held,
        shown_from=shown_from,
    )
