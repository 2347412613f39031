"""What arrived since the last run, and how far the runs have come."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

from app.domain.weeks import week_of
from app.models import Arrival, Response, ShuffleRun
from app.services.responses.arrivals import MARGIN
from app.services.responses.shuffling.written_beside import SWEPT


@dataclass(frozen=True, slots=True)
class Arrived:
    """The answers that no run has seen, and the codes through which they came."""

    #: by week and place
    responses: Mapping[date, Mapping[int, frozenset[UUID]]]
    placements: frozenset[int]
    #: in which the first of them came, by the clock of then; None where that is not known any more
    first_came_in: date | None = None

    @property
    def ids(self) -> list[UUID]:
        return sorted(id_ for places in self.responses.values() for ids in places.values() for id_ in ids)


_RESPONSES = select(Response.week, Response.place_id, Response.id, Response.placement_id)


def can_shuffle(session: Session) -> bool:
    """Whether the database has been migrated so far that every table is there which a run writes."""
    there = inspect(session.connection()).get_table_names()
    return {ShuffleRun.__tablename__, *SWEPT} <= set(there)


def read_arrived(session: Session, now: datetime) -> Arrived:
    """What arrived since the last run; if none is known or it lies in the future, all that is known of 72 hours."""
    since = session.scalar(select(ShuffleRun.arrived_until))
    wanted = _RESPONSES.join(Arrival, Arrival.response_id == Response.id)
    first = select(func.min(Arrival.arrived_at))
    if since is not None and since <= now:
        wanted = wanted.where(Arrival.arrived_at >= since)
        first = first.where(Arrival.arrived_at >= since)
    came_at = session.scalar(first)
    return replace(_arrived(session, wanted), first_came_in=None if came_at is None else week_of(came_at))


def stored_weeks(session: Session) -> Sequence[date]:
    """The weeks of which there are answers. It looks at every answer."""
    return session.scalars(select(Response.week).distinct().order_by(Response.week)).all()


def read_week(session: Session, week: date) -> Arrived:
    """Everything that is stored of a week, as if it had just arrived."""
    return _arrived(session, _RESPONSES.where(Response.week == week))


def _arrived(session: Session, wanted: Select[date, int, UUID, int]) -> Arrived:
    weeks: dict[date, dict[int, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    placements = set()
    for week, place_id, id_, placement_id in session.execute(wanted):
        weeks[week][place_id].add(id_)
        placements.add(placement_id)
    frozen = {week: {place: frozenset(ids) for place, ids in places.items()} for week, places in weeks.items()}
    return Arrived(frozen, frozenset(placements))


def remember_run(session: Session, began_at: datetime) -> None:
    """Everything that arrived before this run began, but for a margin, need not be taken again."""
    session.merge(ShuffleRun(id=1, arrived_until=began_at - MARGIN))
