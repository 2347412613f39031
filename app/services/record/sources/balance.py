"""The weekly sums of all answers as the record tells them: what became of those that were received, in tens."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import day_to_show
from app.domain.record.canonical import Value
from app.domain.weeks import WEEK
from app.models import EditionDay, Parentage, Place, Release, StaleWeek, Tally, WaitingCell
from app.services.record.log.entries import NewEntry, entry_about
from app.services.record.sources.editions import DAY

BALANCE = "balance"
#: everything is told in so many, rounded down, and less than that not at all
_TEN = 10
#: sums hold answers of blocks that are counted where they came from
_BLOCKS = (Release.kind.in_(("own", "rest")), Release.number > 0)
#: how the text of a block ends of whose answers none was set aside
_NONE_ASIDE = '"responses":0}'


@dataclass(frozen=True, slots=True)
class Balance:
    """Every answer of the weeks up to `until` is in one of the three parts of `received`.

    Released is what counted when its block was published, whatever was decided about it later. Set aside is what was
    set aside in a block, or is while it waits for one; waiting is all the rest.
    """

    until: date
    received: int
    released: int
    set_aside: int

    @property
    def waiting(self) -> int:
        return self.received - self.released - self.set_aside

    def told(self) -> dict[str, Value]:
        parts = {
            "received": self.received,
            "released": self.released,
            "set_aside": self.set_aside,
            "waiting": self.waiting,
        }
        tens: dict[str, Value] = {name: number // _TEN * _TEN for name, number in parts.items() if number >= _TEN}
        return {"until": self.until.isoformat(), **tens}


def new_balance(session: Session, now: datetime) -> list[NewEntry]:
    """The sums of the newest Monday that everybody can read, once: up to the week that ended with it.

    None before the editions of that day are entered, and none as long as a count is behind: the next call finds it.
    """
    due_on = day_to_show(now)
    until = due_on - WEEK
    if entry_about(session, DAY, due_on.toordinal()) is None or _is_entered(session, until):
        return []
    balance = _balance(session, until, session.get_one(EditionDay, due_on).last_release_id)
    return [] if balance is None else [NewEntry(BALANCE, BALANCE, until.toordinal(), balance.told())]


def _is_entered(session: Session, until: date) -> bool:
    return entry_about(session, BALANCE, until.toordinal()) is not None


def _balance(session: Session, until: date, last_release_id: int) -> Balance | None:
    """None where fewer than ten were received, and where the counts do not add up yet."""
    if session.scalar(select(exists().where(StaleWeek.week <= until))):
        return None
    received = _received(session, until)
    if received < _TEN:
        return None
    # What was published after the editions of the day were made waits, for whoever reads, until those of the next.
    released = session.scalar(select(func.sum(Release.responses)).where(*_BLOCKS, Release.id <= last_release_id)) or 0
    waiting_aside = session.scalar(select(func.sum(WaitingCell.set_aside)).where(WaitingCell.week <= until)) or 0
    balance = Balance(until, received, released, sum(_set_aside_in_blocks(session)) + waiting_aside)
    return balance if min(waiting_aside, balance.waiting) >= 0 else None


def _received(session: Session, until: date) -> int:
    """By the tallies of the places above which there is none: they hold everything below them as well."""
    below = exists().where(Parentage.place_id == Place.id, Parentage.until_on.is_(None))
    tops = select(Place.id).where(~below)
    total = select(func.sum(Tally.responses)).where(Tally.place_id.in_(tops), Tally.week <= until, _was_top())
    return session.scalar(total) or 0


def _was_top() -> ColumnElement[bool]:
    """Whether nothing was above the place of a tally in its week; a place that had a parent had one from the first."""
    return ~exists().where(
        Parentage.place_id == Tally.place_id, or_(Parentage.until_on.is_(None), Parentage.until_on > Tally.week)
    )


def _set_aside_in_blocks(session: Session) -> Iterator[int]:
    rows = select(Release.set_aside).where(*_BLOCKS, ~Release.set_aside.endswith(_NONE_ASIDE, autoescape=True))
    for text in session.scalars(rows.execution_options(yield_per=1_000)):
        yield int(json.loads(text).get("responses", 0))
