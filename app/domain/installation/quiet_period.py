"""Quiet periods: what is not published while an election is on, for which places, and until when.

They are ordered by an authority outside, so each bears the number of its order. They have an end from the first, and a
longest one, so that nobody can fall silent for good.
"""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.domain.problem import Problem, ProblemType
from app.domain.weeks import IST, within_calendar

LONGEST_ORDER = 60
#: the longest election of India so far bound officials for 82 days
LONGEST = timedelta(days=120)
DAY = timedelta(days=1)

QUIET_BLOCKED = ProblemType(
    "quiet.blocked",
    409,
    "This cannot be published now: order %(order)s has a quiet period until %(until)s. Afterwards it can.",
)
QUIET_WRONG = ProblemType("quiet.wrong", 422, "This quiet period cannot be entered.")
QUIET_ORDER = ProblemType(
    "quiet.order", 422, "Write the number of the order, in at most %(longest)d letters. Name no person."
)
QUIET_TIME = ProblemType("quiet.time", 422, "Write a day as 2026-12-09 and a time as 18:00.")
QUIET_UNTIL_PAST = ProblemType("quiet.until_past", 422, "The end is over already.")
QUIET_BACKWARDS = ProblemType("quiet.backwards", 422, "The end comes before the beginning.")
QUIET_TOO_LONG = ProblemType(
    "quiet.too_long", 422, "A quiet period lasts %(days)d days at most. If it goes on, another one is entered."
)
QUIET_NO_PLACE = ProblemType("quiet.no_place", 422, "Choose at least one place.")
QUIET_NO_BLOCK = ProblemType("quiet.no_block", 422, "Choose at least one thing that is not published meanwhile.")
QUIET_UNKNOWN = ProblemType("quiet.unknown", 404, "There is no such quiet period.")
QUIET_GONE = ProblemType("quiet.gone", 409, "Nothing waits here any more: somebody was faster.")
QUIET_SAME_PERSON = ProblemType("quiet.same_person", 403, "Somebody else has to confirm what you entered.")
QUIET_OVER = ProblemType("quiet.over", 409, "This quiet period is over.")


class QuietBlock(StrEnum):
    """What can be kept from being published. Answering is not among it: it never stops."""

    STORIES = "stories"
    MILESTONES = "milestones"
    COMMITMENTS = "commitments"
    ROUNDS = "rounds"
    ROUND_RESULTS = "round_results"
    KITS = "kits"
    EDITIONS = "editions"
    TIPS = "tips"


#: editions are announced long before and made by machine, and tips protect people: neither praises anybody
BY_DEFAULT = frozenset(QuietBlock) - {QuietBlock.EDITIONS, QuietBlock.TIPS}


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """One that two accounts have decided. It holds from `starts_at` until `ends_at`, that moment excluded.

    `starts_at` is never before it was confirmed: what stood in public by then is touched by nobody. `ends_at` is the
    moment at which it was ended early, if it was. `place_ids` are the places that are named: all below them and all
    above them keep quiet with them, since the page of a state reaches the district.
    """

    id: int
    order: str
    starts_at: datetime
    ends_at: datetime
    place_ids: frozenset[int]
    blocks: frozenset[QuietBlock]

    def holds_at(self, at: datetime | date) -> bool:
        """At a moment; on a day, if at any moment of it in India."""
        if isinstance(at, datetime):
            return self.starts_at <= at < self.ends_at
        begins = datetime.combine(at, time(), IST)
        return self.starts_at < begins + DAY and begins < self.ends_at


@dataclass(frozen=True, slots=True)
class QuietChoice:
    """What is entered."""

    order: str
    from_at: datetime
    until_at: datetime
    place_ids: frozenset[int]
    blocks: frozenset[QuietBlock]


def shown_from(due_at: datetime, periods: Iterable[QuietPeriod]) -> datetime:
    """When what fell due is shown: then, or at the end of the periods that followed each other without a gap."""
    at = due_at
    for period in sorted(periods, key=lambda one: one.starts_at):
        if period.holds_at(at):
            at = period.ends_at
    return at


def quiet_since(at: datetime, periods: Collection[QuietPeriod]) -> datetime | None:
    """Since when it has been quiet without a gap at this moment; None if it is not."""
    since = min((period.starts_at for period in periods if period.holds_at(at)), default=None)
    if since is None:
        return None
    for period in sorted(periods, key=lambda one: one.ends_at, reverse=True):
        if period.starts_at < since <= period.ends_at:
            since = period.starts_at
    return since


def read_choice(
    order: str, from_at: str, until_at: str, place_ids: Collection[int], blocks: Iterable[str], now: datetime
) -> QuietChoice:
    """What was typed. Times are of India: 2026-12-09T18:00, or with a space. `blocks` are by name; others are no block.

    Problem `quiet.wrong` with parts, each with its `field`.
    """
    text = unicodedata.normalize("NFC", " ".join(order.split()))
    chosen = frozenset(one for one in QuietBlock if one.value in set(blocks))
    first, last = _moment(from_at), _moment(until_at)
    wrong = []
    if not 0 < len(text) <= LONGEST_ORDER or not text.isprintable():
        wrong.append(Problem(QUIET_ORDER, field="order", longest=LONGEST_ORDER))
    wrong += [Problem(QUIET_TIME, field=name) for name, at in (("from_at", first), ("until_at", last)) if at is None]
    if first is not None and last is not None:
        wrong += _span_problems(first, last, now)
    if not place_ids:
        wrong.append(Problem(QUIET_NO_PLACE, field="places"))
    if not chosen:
        wrong.append(Problem(QUIET_NO_BLOCK, field="blocks"))
    if wrong or first is None or last is None:
        raise Problem(QUIET_WRONG, parts=wrong)
    return QuietChoice(text, first, last, frozenset(place_ids), chosen)


def written(at: datetime) -> str:
    """A moment as problems tell it, in both languages alike."""
    return f"{at.astimezone(IST):%Y-%m-%d %H:%M}"


def _span_problems(first: datetime, last: datetime, now: datetime) -> list[Problem]:
    if last <= first:
        return [Problem(QUIET_BACKWARDS, field="until_at")]
    if last <= now:
        return [Problem(QUIET_UNTIL_PAST, field="until_at")]
    return [Problem(QUIET_TOO_LONG, field="until_at", days=LONGEST.days)] if last - first > LONGEST else []


def _moment(text: str) -> datetime | None:
    """None for what is no moment that can be computed with."""
    try:
        at = datetime.strptime(text.strip().replace(" ", "T")[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=IST)
    except ValueError:
        return None
    return at if at.date() == within_calendar(at.date()) else None
