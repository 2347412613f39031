"""When editions are due: on Mondays, for everybody below headquarters at the same minute.

The day is fixed, so that nobody can choose it, and nobody needs to be told that results are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.domain.figures.disclosure import MINIMUM_FOR_SHARES
from app.domain.weeks import IST, WEEK, last_settled_week, week_of

#: from when on an edition is made, of the releases that stand then; and from when on it is shown
MADE_FROM, SHOWN_FROM = time(10), time(11)
#: an edition is of the releases of so many weeks; of more, but never more than these, until a share can be told
USUAL_WEEKS, MOST_WEEKS = 13, 52


@dataclass(frozen=True, slots=True)
class Held:
    """What a quiet period keeps back: of these places and days, the editions that were held when they were made.

    Without days there is nothing yet.
    """

    place_ids: frozenset[int]
    days: frozenset[date]


@dataclass(frozen=True, slots=True)
class Showing:
    """Which editions are shown at a moment, to everybody alike: those of days up to `latest`, but for what is held."""

    latest: date
    held: tuple[Held, ...] = ()


def day_to_make(now: datetime) -> date:
    """The Monday of the newest edition that can be made at this time."""
    return _newest(now, MADE_FROM)


def day_to_show(now: datetime) -> date:
    """The Monday of the newest edition that may be shown at this time."""
    return _newest(now, SHOWN_FROM)


def shown_at(due_on: date) -> datetime:
    """The first moment at which an edition may be shown."""
    return datetime.combine(due_on, SHOWN_FROM, IST)


def made_at(due_on: date) -> datetime:
    """The moment whose releases an edition is made of."""
    return datetime.combine(due_on, MADE_FROM, IST)


def newest_run(releases: Sequence[tuple[date, int]], due_on: date) -> int:
    """How many of the newest releases an edition takes; each comes with its last week and its answers, oldest first."""
    settled = last_settled_week(made_at(due_on))
    usual, furthest = settled - USUAL_WEEKS * WEEK, settled - MOST_WEEKS * WEEK
    taken = total = 0
    for last_week, responses in reversed(releases):
        if last_week <= furthest or (last_week <= usual and total >= MINIMUM_FOR_SHARES):
            break
        taken, total = taken + 1, total + responses
    return taken


def _newest(now: datetime, at: time) -> date:
    monday = week_of(now)
    return monday if now >= datetime.combine(monday, at, IST) else monday - WEEK
