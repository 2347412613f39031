"""What a quiet period does to editions: they are made and recorded on their day, and shown when it ends."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Held, Showing, day_to_show, made_at, shown_at
from app.domain.installation.quiet_period import QuietBlock, QuietPeriod, quiet_since, shown_from
from app.domain.weeks import day_of
from app.models import Edition, EditionDay, EditionHold
from app.services.installation.quiet_periods import decided_periods, scope_of


@dataclass(frozen=True, slots=True)
class HeldEdition:
    """One that is made and shown to nobody yet."""

    due_on: date
    made_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """That editions of a place are held: by which order, when they are shown, and which there are, the newest first.

    Of several orders in a row it is the one that ends last.
    """

    order: str
    shown_from: datetime
    editions: tuple[HeldEdition, ...]


@dataclass(frozen=True, slots=True)
class HeldDay:
    """Of how many places the editions of a day wait for a moment."""

    due_on: date
    places: int
    shown_from: datetime


def what_is_shown(session: Session, now: datetime) -> Showing:
    """Which editions are shown at this moment, whoever reads them and wherever."""
    groups = _quiet_places(session, now)
    return Showing(
        day_to_show(now), tuple(Held(places, _days_since(session, since, now)) for places, since, _ in groups)
    )


def held_back(session: Session, place_id: int, now: datetime) -> HeldBack | None:
    """What a quiet period holds of a place at this moment; None if none does."""
    for places, since, periods in _quiet_places(session, now):
        if place_id in places:
            rows = select(Edition).join(EditionHold, EditionHold.edition_id == Edition.id)
            rows = rows.where(Edition.place_id == place_id, Edition.due_on.in_(_days_since(session, since, now)))
            editions = session.scalars(rows.order_by(Edition.due_on.desc()))
            shown = shown_from(now, periods)
            last = next(period for period in periods if period.ends_at == shown)
            return HeldBack(
                last.order, shown, tuple(HeldEdition(row.due_on, row.made_at, row.digest) for row in editions)
            )
    return None


def held_days(session: Session, now: datetime) -> list[HeldDay]:
    """What is held now of all places, the oldest day first."""
    found: list[HeldDay] = []
    for places, since, periods in _quiet_places(session, now):
        rows = select(Edition.due_on, func.count()).join(EditionHold, EditionHold.edition_id == Edition.id)
        rows = rows.where(Edition.place_id.in_(places), Edition.due_on.in_(_days_since(session, since, now)))
        shown = shown_from(now, periods)
        found += [HeldDay(due_on, count, shown) for due_on, count in session.execute(rows.group_by(Edition.due_on))]
    return sorted(found, key=lambda one: (one.due_on, one.shown_from))


def were_let_go(session: Session, since: date, now: datetime) -> bool:
    """Whether a quiet period that held editions has ended since those of a Monday were shown."""
    periods = decided_periods(session, QuietBlock.EDITIONS)
    return any(made_at(since) < period.ends_at <= now for period in periods)


def hold_back(session: Session, day: EditionDay, now: datetime) -> None:
    """Hold those editions of a day whose places are quiet when they would be shown; with the end of its making."""
    first_shown = _first_shown(day, now)
    holding = [one for one in decided_periods(session, QuietBlock.EDITIONS) if one.holds_at(first_shown)]
    scope = frozenset().union(*(scope_of(session, period) for period in holding))
    if scope:
        rows = select(Edition.id).where(Edition.due_on == day.due_on, Edition.place_id.in_(scope))
        session.add_all(EditionHold(edition_id=id_) for id_ in session.scalars(rows.order_by(Edition.id)).all())


def _quiet_places(session: Session, now: datetime) -> list[tuple[frozenset[int], datetime, tuple[QuietPeriod, ...]]]:
    """The places whose editions are held now; in groups of those that the same periods reach, since when, and these."""
    periods = decided_periods(session, QuietBlock.EDITIONS)
    since = quiet_since(now, periods)
    if since is None:
        return []
    found = []
    for reaching, places in _groups(session, [one for one in periods if one.ends_at >= since]):
        of_these = quiet_since(now, reaching)
        if of_these is not None:
            found.append((places, of_these, reaching))
    return found


def _groups(session: Session, periods: Iterable[QuietPeriod]) -> list[tuple[tuple[QuietPeriod, ...], frozenset[int]]]:
    reaching: defaultdict[int, list[QuietPeriod]] = defaultdict(list)
    for period in periods:
        for place_id in scope_of(session, period):
            reaching[place_id].append(period)
    groups: defaultdict[tuple[QuietPeriod, ...], set[int]] = defaultdict(set)
    for place_id, these in reaching.items():
        groups[tuple(these)].add(place_id)
    return [(these, frozenset(places)) for these, places in groups.items()]


def _days_since(session: Session, since: datetime, now: datetime) -> frozenset[date]:
    """The days whose editions would have been first shown between these moments, if nothing had held them."""
    rows = select(EditionDay).where(or_(EditionDay.due_on >= day_of(since), EditionDay.finished_at >= since))
    return frozenset(
        day.due_on
        for day in session.scalars(rows)
        if day.finished_at is not None and since <= _first_shown(day, day.finished_at) <= now
    )


def _first_shown(day: EditionDay, finished_at: datetime) -> datetime:
    """When editions of a day that was finished then are shown, if nothing holds them."""
    return finished_at if day.is_opening else max(shown_at(day.due_on), finished_at)
