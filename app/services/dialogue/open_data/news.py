"""What is new, for feeds and the calendar: a Monday of all places, the editions of one, and steps of promises."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import ENDS, Commitment, State, Step
from app.domain.figures.editions.days import shown_at
from app.domain.places.place import BilingualName
from app.models import Commitment as CommitmentRow
from app.models import Edition, EditionDay, Place
from app.services.dialogue.commitment_queries import published_commitments
from app.services.dialogue.open_data.scope import DataScope, is_public
from app.services.record.editions import in_view

#: Mondays and editions that a feed holds; what was corrected since is in it however old it is
_MOST = 52
#: the steps of a promise that everybody reads
_TOLD = (Step.OPENED, Step.MOVED, *ENDS)


@dataclass(frozen=True, slots=True)
class DayNews:
    """A Monday: since when it is shown, how many places have new results, and at how many they were corrected since."""

    due_on: date
    published: datetime
    updated: datetime
    places: int
    corrected: int


@dataclass(frozen=True, slots=True)
class EditionNews:
    """A place's edition; if it was corrected, why, by language."""

    due_on: date
    published: datetime
    updated: datetime
    cause: str | None
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PromiseNews:
    """A step of a promise that everybody reads; `order` counts them, `texts` are what was promised, or said then."""

    page: str
    place: BilingualName
    number: int
    order: int
    step: Step
    at: datetime
    due_on: date
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PromiseDue:
    """By when an open promise is to be kept; `stamped` is when that day was told."""

    page: str
    place: BilingualName
    number: int
    due_on: date
    stamped: datetime
    will: Mapping[str, str]


def days_news(session: Session, scope: DataScope) -> list[DayNews]:
    """The newest change first."""
    corrections = select(Edition.due_on).where(Edition.number > 1, in_view(scope.showing))
    wanted = or_(Edition.due_on.in_(scope.days[-_MOST:]), Edition.due_on.in_(corrections))
    rows = session.execute(
        select(
            Edition.due_on,
            func.count(distinct(Edition.place_id)),
            func.count(distinct(Edition.place_id)).filter(Edition.number > 1),
            func.max(Edition.made_at).filter(Edition.number > 1),
        )
        .join(Place, Place.id == Edition.place_id)
        .where(*is_public(scope.kinds), wanted, in_view(scope.showing))
        .group_by(Edition.due_on)
    )
    since = _shown_since(session)
    news = [
        DayNews(due_on, since[due_on], max(since[due_on], corrected_at or since[due_on]), places, corrected)
        for due_on, places, corrected, corrected_at in rows
    ]
    return sorted(news, key=lambda one: (one.updated, one.due_on), reverse=True)


def place_news(session: Session, place_id: int, scope: DataScope) -> list[EditionNews]:
    """The newest change first."""
    rows = session.execute(
        select(Edition.due_on, Edition.made_at, Edition.cause, Edition.reason)
        .where(Edition.place_id == place_id, in_view(scope.showing))
        .order_by(Edition.due_on, Edition.number)
    )
    since = _shown_since(session)
    news = {}
    for due_on, made_at, cause, reason in rows:
        updated = max(since[due_on], made_at) if cause else since[due_on]
        news[due_on] = EditionNews(due_on, since[due_on], updated, cause, json.loads(reason) if reason else {})
    newest = sorted(news.values(), key=lambda one: (one.updated, one.due_on), reverse=True)
    return newest[:_MOST]


def promise_news(session: Session, scope: DataScope, place_id: int | None = None) -> list[PromiseNews]:
    """The newest first; of one place or of all that are public."""
    news = []
    for page, place, one in _promises(session, scope, place_id):
        steps = [event for event in one.events if event.step in _TOLD]
        for order, event in enumerate(steps, 1):
            due_on, texts = event.due_on or one.first_due_on, event.texts or one.will
            news.append(PromiseNews(page, place, one.number or 0, order, event.step, event.at, due_on, texts))
    return sorted(news, key=lambda one: one.at, reverse=True)[:_MOST]


def promises_due(session: Session, scope: DataScope) -> list[PromiseDue]:
    """Open ones, whose day may have passed, in the order of their places."""
    return [
        PromiseDue(page, place, one.number or 0, one.due_on, _told_at(one), one.will)
        for page, place, one in _promises(session, scope)
        if one.state is State.OPEN
    ]


def _promises(
    session: Session, scope: DataScope, place_id: int | None = None
) -> Iterator[tuple[str, BilingualName, Commitment]]:
    pages = {id_: page for page, id_ in scope.places}
    rows = select(Place).where(Place.id.in_(select(CommitmentRow.place_id).where(CommitmentRow.number.is_not(None))))
    if place_id is not None:
        rows = rows.where(Place.id == place_id)
    for place in session.scalars(rows.order_by(Place.id)):
        if place.id in pages:
            for one in published_commitments(session, place.id):
                yield pages[place.id], place.name, one


def _told_at(one: Commitment) -> datetime:
    return max(event.at for event in one.events if event.step in (Step.OPENED, Step.MOVED))


def _shown_since(session: Session) -> dict[date, datetime]:
    """The minute from which the editions of each day are shown: their hour, or later if they were not whole then."""
    rows = session.execute(select(EditionDay.due_on, EditionDay.finished_at, EditionDay.is_opening))
    return {
        due_on: finished_at if is_opening else max(shown_at(due_on), finished_at)
        for due_on, finished_at, is_opening in rows
        if finished_at is not None
    }
