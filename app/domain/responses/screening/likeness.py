"""How many answers at a station are like one, and how rarely honest people give so many.

Two answers are compared only if they agree on the main question and both are rich or neither is. Each is compared
by its first page, item for item; a rich one by its whole row as well, in which one item of six may differ. So a machine
that copies first pages is found, and one that changes a little on every page. Of the two, the fact that is kept is the
one that honest people make more rarely.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import floor, log10
from uuid import UUID

from app.domain.responses.screening.items import ItemRow
from app.domain.responses.screening.nearness import Nearness, Row, radius_of
from app.domain.responses.screening.ways import Ways

SHORT_WINDOW = timedelta(hours=35)
LONG_BEFORE, LONG_AFTER = timedelta(weeks=8), timedelta(weeks=1)

#: people of one station have its rooms, its purposes and its bad days in common: they are expected to be alike as
#: often as this, however rare their row is elsewhere
CORE_FLOOR, RICH_FLOOR = 0.55, 0.05
_MOST_COMMON = 0.9
#: what nobody else gave is not worth a row in a table
FEWEST_ALIKE = 2
#: above so many answers in one group, as behind a state's link, only equal rows are looked for
MOST_COMPARED = 20_000
MOST_TAIL = 99


class Rule(StrEnum):
    """By which rule answers were found alike: within hours, over weeks, or by what they wrote.

    `MISSED` is no likeness: when it arrived was forgotten before anybody looked at the hours around it.
    """

    SHORT = "short"
    LONG = "long"
    TEXT = "text"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Fact:
    """How many answers are alike, this one included, and how many more honest people would give, in tenths.

    `tail` is −log10 of the probability that honest people give so many, rounded down, at most 99. Nothing here
    is finer than a week.
    """

    rule: Rule
    alike: int
    expected_tenths: int
    tail: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer whose arrival is not yet forgotten."""

    id: UUID
    arrived_at: datetime
    row: ItemRow


@dataclass(frozen=True, slots=True)
class Dated:
    """An answer of which the week is all that is left of its time."""

    id: UUID
    week: date
    row: ItemRow


def short_facts(answers: Sequence[Arrived], judged: Collection[UUID], ways: Ways) -> dict[UUID, Fact]:
    """What is alike within 35 hours, of one station, survey version and evidence class.

    `answers` reach 35 hours before and after each that is judged.
    """
    reach = SHORT_WINDOW.total_seconds()
    members = [_Member(each.arrived_at.timestamp(), each.id, each.row) for each in answers]
    return _facts(Rule.SHORT, members, judged, ways, (reach, reach))


def long_facts(answers: Sequence[Dated], judged: Collection[UUID], ways: Ways) -> dict[UUID, Fact]:
    """What is alike from eight weeks before to one after, of one station, survey version and evidence class."""
    members = [_Member(each.week.toordinal(), each.id, each.row) for each in answers]
    return _facts(Rule.LONG, members, judged, ways, (LONG_BEFORE.days, LONG_AFTER.days))


def tail(alike: int, high: float) -> float:
    """The probability of at least so many where `high` are expected: negative binomial, shape 2.

    Its variance is the mean and half of the mean squared: honest people come in lumps.
    """
    rate = high / (high + 2)
    return rate**alike * (1 + alike * (1 - rate))


@dataclass(frozen=True, slots=True)
class _Member:
    at: float
    id: UUID
    row: ItemRow


@dataclass(frozen=True, slots=True)
class _View:
    """One way of comparing: by which items, how far apart they may be, and how common a row is."""

    items: Callable[[ItemRow], Row]
    radius: int
    floor: float
    share: Callable[[ItemRow], float | None]


class _Group:
    """Answers of one kind, ready to be counted: how many near a row lie in a window, and how many others."""

    def __init__(self, members: Iterable[_Member], view: _View) -> None:
        self._times: dict[Row, list[float]] = defaultdict(list)
        for member in members:
            self._times[view.items(member.row)].append(member.at)
        for times in self._times.values():
            times.sort()
        self._all = sorted(at for times in self._times.values() for at in times)
        self._nearness = Nearness(self._times, view.radius if len(self._all) <= MOST_COMPARED else 0)
        self._near: dict[Row, list[list[float]]] = {}

    def count(self, row: Row, first: float, last: float) -> tuple[int, int]:
        if row not in self._near:
            self._near[row] = [self._times[near] for near in self._nearness.near(row)]
        alike = sum(_within(times, first, last) for times in self._near[row])
        return alike, _within(self._all, first, last) - alike


def _facts(
    rule: Rule, members: Sequence[_Member], judged: Collection[UUID], ways: Ways, reach: tuple[float, float]
) -> dict[UUID, Fact]:
    """The rarest fact of each judged answer that is not the only one of its like."""
    judged = frozenset(judged)
    kinds: dict[tuple[str, bool], list[_Member]] = defaultdict(list)
    for member in members:
        kinds[member.row.level, member.row.rich].append(member)
    found: dict[UUID, Fact] = {}
    for kind in kinds.values():
        asked = [member for member in kind if member.id in judged]
        for view in _views(asked, ways):
            group = _Group(kind, view)
            known: dict[tuple[float, Row], Fact | None] = {}
            for member in asked:
                row = view.items(member.row)
                if (member.at, row) not in known:
                    counted = group.count(row, member.at - reach[0], member.at + reach[1])
                    known[member.at, row] = _fact(rule, counted, view, member.row)
                fact = known[member.at, row]
                if fact is not None:
                    found[member.id] = max(fact, found.get(member.id, fact), key=_rarity)
    return found


def _views(asked: Sequence[_Member], ways: Ways) -> Iterator[_View]:
    if asked:
        yield _View(lambda row: row.core, 0, CORE_FLOOR, ways.share)
        if asked[0].row.rich:
            yield _View(lambda row: row.items, radius_of(asked[0].row.items), RICH_FLOOR, ways.rich_share)


def _fact(rule: Rule, counted: tuple[int, int], view: _View, row: ItemRow) -> Fact | None:
    """The fact of an answer by its like, which may not raise what is expected of them: the others alone do."""
    alike, others = counted
    share = view.share(row) if alike >= FEWEST_ALIKE else None
    if share is None:
        return None
    common = min(_MOST_COMMON, share)
    expected, high = ((others + 1) * _odds(part) for part in (common, max(common, view.floor)))
    return Fact(rule, alike, round(10 * expected), _tail_digits(alike, high))


def _odds(share: float) -> float:
    return share / (1 - share)


def _tail_digits(alike: int, high: float) -> int:
    """−log10 of the tail, from logarithms: of hundreds alike the tail itself is no longer a number."""
    rate = high / (high + 2)
    return min(MOST_TAIL, floor(-alike * log10(rate) - log10(1 + alike * (1 - rate))))


def _rarity(fact: Fact) -> tuple[int, float]:
    return fact.tail, -(fact.expected_tenths + 10) / fact.alike


def _within(times: Sequence[float], first: float, last: float) -> int:
    return bisect_right(times, last) - bisect_left(times, first)
