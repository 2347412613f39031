"""Quiet periods as headquarters and auditors see them: all that was ever entered, with who decided it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import QuietBlock
from app.domain.places.place import BilingualName
from app.models import Account, Place, QuietPeriod
from app.services.installation.quiet_periods import blocks_of, places_named


class QuietState(StrEnum):
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    COMING = "coming"
    HOLDS = "holds"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class QuietView:
    """One as it stands at a moment. Accounts by their user names; None while nobody has done it."""

    id: int
    order: str
    state: QuietState
    from_at: datetime
    until_at: datetime
    places: tuple[BilingualName, ...]
    place_ids: frozenset[int]
    blocks: tuple[QuietBlock, ...]
    entered_by: str
    enterer_id: int
    entered_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    withdrawn_at: datetime | None
    end_proposed_by: str | None
    end_proposer_id: int | None
    end_proposed_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None


def list_quiet_periods(session: Session, now: datetime) -> list[QuietView]:
    """What waits first, then what holds or comes, then what is over; each the newest first."""
    rows = session.scalars(select(QuietPeriod).order_by(QuietPeriod.id.desc())).all()
    ids = [row.id for row in rows]
    named, blocks = places_named(session, ids), blocks_of(session, ids)
    names = {place.id: place.name for place in session.scalars(select(Place).where(Place.id.in_(_all(named))))}
    wanted = {id_ for row in rows for id_ in _people(row) if id_ is not None}
    found = session.execute(select(Account.id, Account.username).where(Account.id.in_(wanted)))
    people: dict[int | None, str] = {row.id: row.username for row in found}
    views = [
        QuietView(
            id=row.id,
            order=row.order_no,
            state=_state(row, now),
            from_at=max(row.from_at, row.confirmed_at or row.from_at),
            until_at=row.until_at,
            places=tuple(names[place_id] for place_id in sorted(named[row.id])),
            place_ids=named[row.id],
            blocks=tuple(what for what in QuietBlock if what in blocks[row.id]),
            entered_by=people[row.entered_by],
            enterer_id=row.entered_by,
            entered_at=row.entered_at,
            confirmed_by=people.get(row.confirmed_by),
            confirmed_at=row.confirmed_at,
            withdrawn_at=row.withdrawn_at,
            end_proposed_by=people.get(row.end_proposed_by),
            end_proposer_id=row.end_proposed_by,
            end_proposed_at=row.end_proposed_at,
            ended_by=people.get(row.ended_by),
            ended_at=row.ended_at,
        )
        for row in rows
    ]
    order = (QuietState.WAITING, QuietState.HOLDS, QuietState.COMING, QuietState.OVER, QuietState.WITHDRAWN)
    return sorted(views, key=lambda one: order.index(one.state))


def _all(named: dict[int, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*named.values())


def _people(row: QuietPeriod) -> tuple[int | None, ...]:
    return row.entered_by, row.confirmed_by, row.end_proposed_by, row.ended_by


def _state(row: QuietPeriod, now: datetime) -> QuietState:
    if row.withdrawn_at is not None:
        return QuietState.WITHDRAWN
    if row.confirmed_at is None:
        return QuietState.WAITING
    if row.ended_at is not None or row.until_at <= now:
        return QuietState.OVER
    return QuietState.HOLDS if row.from_at <= now else QuietState.COMING
