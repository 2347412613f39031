"""What of all results is open data at a moment: of which places, and of which Mondays."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.installation.public_results import kinds_shown
from app.domain.weeks import day_of
from app.models import Edition, Place
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.public_results import public_results
from app.services.record.editions import shown_days

#: raised whenever other lines are written of the same editions, so that files of a version before are not served
_WRITING = 1


@dataclass(frozen=True, slots=True)
class DataScope:
    """Public places by what their pages are called, in that order, with their ids; and what is shown of them.

    `days` are all Mondays up to then, the oldest first; of a place that is quiet some of them are held.
    """

    kinds: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    days: tuple[date, ...]
    showing: Showing
    now: datetime

    @property
    def on(self) -> date:
        return day_of(self.now)

    @property
    def years(self) -> tuple[int, ...]:
        """Of which there are tables, the oldest first; a year that has some has them for good."""
        return tuple(sorted({day.year for day in self.days}))

    def days_of(self, year: int | None) -> tuple[date, ...]:
        return tuple(day for day in self.days if year in (None, day.year))


def scope_at(session: Session, now: datetime) -> DataScope:
    """By the clock of whoever asks."""
    showing = what_is_shown(session, now)
    kinds = tuple(kind.value for kind in kinds_shown(public_results(session), day_of(now)))
    rows = session.execute(select(Place.page, Place.id).where(*is_public(kinds)))
    places = sorted((page, id_) for page, id_ in rows if page is not None)
    return DataScope(kinds, tuple(places), tuple(shown_days(session, showing.latest)), showing, now)


def is_public(kinds: Iterable[str]) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which everybody may read a place's results."""
    return Place.kind.in_(kinds), Place.page.is_not(None)


def state_of(session: Session, scope: DataScope, days: tuple[date, ...]) -> str:
    """What tells tables of these days from the same ones of another moment: a new one is made when it changes.

    Nothing in an edition changes, so it follows from which there are, of which places, and what is held of them.
    """
    newest = session.scalar(select(func.max(Edition.id)).where(Edition.due_on.in_(days)))
    held = [[sorted(one.place_ids), [day.isoformat() for day in sorted(one.days)]] for one in scope.showing.held]
    told = [_WRITING, scope.places, [day.isoformat() for day in days], held, newest]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]
