"""Places whose codes are up and through which nothing comes. For headquarters: it tells when answers came at all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from app.domain.codes.placement import PlacementState
from app.domain.figures.report import Label
from app.domain.listing import Listing, Paging
from app.domain.weeks import WEEK, week_of
from app.models import Place, Placement, SigningKey, SurveyVersion, Tally
from app.models.round import is_blind
from app.services.codes.placement_queries import in_state
from app.services.figures.reports import place_label

#: weeks without an answer after which a place is named; the present week is none of them, since it is not over
SILENT_WEEKS = 4


@dataclass(frozen=True, slots=True)
class SilentPlace:
    """A place without a new answer, how many codes are active there, and the last week that had one, if any."""

    place_id: int
    name: Label
    codes: int
    last_week: date | None


def silent_places(
    session: Session, places: Collection[int], now: datetime, *, language: str = "en", page: int = 1, per_page: int = 50
) -> Listing[SilentPlace]:
    """Those of these places with active codes of four weeks or more and no answer since, by name.

    An answer that was set aside is one: whoever gave it found the code.
    """
    silent = _silent(places, now)
    paging = Paging(count_silent(session, places, now), page, per_page)
    last = select(func.max(Tally.week)).where(Tally.place_id == Place.id).correlate(Place).scalar_subquery()
    codes = func.count(Placement.id)
    rows = session.execute(
        silent.add_columns(codes, last).order_by(*Place.by_name(language)).limit(per_page).offset(paging.offset)
    )
    return paging.listing(SilentPlace(place.id, place_label(place), number, week) for place, number, week in rows)


def count_silent(session: Session, places: Collection[int], now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(_silent(places, now).subquery())) or 0


def _silent(places: Collection[int], now: datetime) -> Select[Place]:
    """From places, codes and the tallies of a few weeks: what it costs does not grow with the answers."""
    since = week_of(now) - SILENT_WEEKS * WEEK
    answered = exists().where(Tally.place_id == Place.id, Tally.week >= since, Tally.responses > 0)
    return (
        select(Place)
        .join(Placement, Placement.place_id == Place.id)
        .join(SigningKey, SigningKey.id == Placement.key_id)
        # Of a round nobody knows whether anything comes.
        .where(Placement.survey_id.not_in(select(SurveyVersion.survey_id).where(is_blind(SurveyVersion.id))))
        .where(Place.id.in_(places), Place.retired_on.is_(None), in_state(PlacementState.ACTIVE, now), ~answered)
        .group_by(Place.id)
        .having(func.min(Placement.issued_on) <= since)
    )
