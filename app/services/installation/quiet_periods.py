"""Quiet periods that hold: what is not published now, for which places, and by which order."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import QUIET_BLOCKED, QuietBlock, QuietPeriod, shown_from, written
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.models import QuietBlock as BlockRow
from app.models import QuietPeriod as PeriodRow
from app.models import QuietPlace
from app.services.places.ancestry import ancestors_of, subtree_ids


def quiet_for(session: Session, what: QuietBlock, place_id: int | None, at: datetime | date) -> QuietPeriod | None:
    """The period that keeps this from being published about a place, of several the one that ends last.

    `at` is a moment, or a day that a period touches. What is about no place (None) is about the whole department, and
    so in reach of every period.
    """
    held = (one for one in decided_periods(session, what) if one.holds_at(at))
    found = [one for one in held if place_id is None or _reaches(session, one, place_id)]
    return max(found, key=lambda one: one.ends_at, default=None)


def refuse_if_quiet(session: Session, what: QuietBlock, place_id: int | None, now: datetime) -> None:
    """Problem `quiet.blocked`, with the number of the order and the end."""
    period = quiet_for(session, what, place_id, now)
    if period is not None:
        raise Problem(QUIET_BLOCKED, order=period.order, until=written(period.ends_at))


def held_until(session: Session, what: QuietBlock, place_id: int | None, due_at: datetime) -> datetime:
    """When what fell due at a moment is shown: then, unless it is held. Made and recorded it is on its day."""
    return shown_from(due_at, _reaching(session, what, place_id))


def decided_periods(session: Session, what: QuietBlock | None = None) -> list[QuietPeriod]:
    """All that two accounts have decided, those that are over too; with `what`, those that keep it back."""
    wanted: list[ColumnElement[bool]] = [PeriodRow.confirmed_at.is_not(None)]
    if what is not None:
        wanted.append(PeriodRow.id.in_(select(BlockRow.quiet_id).where(BlockRow.what == what.value)))
    rows = session.scalars(select(PeriodRow).where(*wanted).order_by(PeriodRow.id)).all()
    ids = [row.id for row in rows]
    places, blocks = places_named(session, ids), blocks_of(session, ids)
    return [
        QuietPeriod(
            id=row.id,
            order=row.order_no,
            starts_at=max(row.from_at, row.confirmed_at or row.from_at),
            ends_at=min(row.until_at, row.ended_at or row.until_at),
            place_ids=places[row.id],
            blocks=blocks[row.id],
        )
        for row in rows
    ]


def scope_of(session: Session, period: QuietPeriod) -> frozenset[int]:
    """The places that keep quiet: those that are named, all below and all above them.

    As they lay when it began: what moves meanwhile is neither freed nor taken back. New places count where they came.
    """
    on = day_of(period.starts_at)
    below = [subtree_ids(session, place_id, on) for place_id in period.place_ids]
    return frozenset().union(*below, *(ancestors_of(session, place_id, on) for place_id in period.place_ids))


def places_named(session: Session, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """By period; of one that is not there, none."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    if ids:
        for row in session.scalars(select(QuietPlace).where(QuietPlace.quiet_id.in_(ids))):
            found[row.quiet_id].add(row.place_id)
    return {id_: frozenset(found[id_]) for id_ in ids}


def blocks_of(session: Session, ids: Collection[int]) -> dict[int, frozenset[QuietBlock]]:
    """By period; of one that is not there, none."""
    found: defaultdict[int, set[QuietBlock]] = defaultdict(set)
    if ids:
        for row in session.scalars(select(BlockRow).where(BlockRow.quiet_id.in_(ids))):
            found[row.quiet_id].add(QuietBlock(row.what))
    return {id_: frozenset(found[id_]) for id_ in ids}


def _reaching(session: Session, what: QuietBlock, place_id: int | None) -> list[QuietPeriod]:
    return [one for one in decided_periods(session, what) if place_id is None or _reaches(session, one, place_id)]


def _reaches(session: Session, period: QuietPeriod, place_id: int) -> bool:
    """Without reading all of its scope, which may be every station of a state."""
    on = day_of(period.starts_at)
    up = {place_id, *ancestors_of(session, place_id, on)}
    return bool(up & period.place_ids) or any(place_id in ancestors_of(session, one, on) for one in period.place_ids)
