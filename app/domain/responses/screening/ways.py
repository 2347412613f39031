"""How people of this department answer: which rows are common among those counted in the last half year.

Made anew each week from what each of 26 weeks adds, for each survey version. Attackers' answers are among those
counted, so nothing is ever expected below a floor that they cannot teach (`likeness.py`).
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TypedDict
from uuid import UUID

from app.domain.responses.screening.items import ItemRow
from app.domain.responses.screening.nearness import Nearness, Row, radius_of

#: weeks whose answers make the ways
WEEKS = 26
#: rows of one kind that are compared, so that it costs the same in every department
MOST_DRAWN = 4_000
#: of fewer rows nothing is learnt
FEWEST_ROWS = 500
#: the share of any first page while nothing is learnt: so small that the floor decides
UNKNOWN_SHARE = 0.02
_SEEN_ONCE, _SPREAD = 1, 50
_DRAW = b"samvad ways 1\n"
_BETWEEN = "|"

#: what two answers must have in common to be compared: the answer to the main question, and whether they are rich
Kind = tuple[str, bool]
#: a rich row with the number by which it is drawn
Drawn = tuple[int, Row]


class CoreJson(TypedDict):
    level: str
    rich: bool
    #: first pages, each with how many gave it
    rows: list[tuple[str, int]]


class DrawnJson(TypedDict):
    level: str
    #: whole rows, each with the number by which it was drawn
    rows: list[tuple[str, int]]


class WeekWaysJson(TypedDict):
    core: list[CoreJson]
    drawn: list[DrawnJson]


@dataclass(frozen=True, slots=True)
class WeekWays:
    """What one week's counted answers to one survey version add."""

    core: Mapping[Kind, Counter[Row]]
    drawn: Mapping[str, Sequence[Drawn]]

    @classmethod
    def of(cls, answers: Iterable[tuple[UUID, ItemRow]], key: bytes) -> "WeekWays":
        """The same for the same answers in any order. Which rich rows are drawn nobody knows without the key."""
        core: dict[Kind, Counter[Row]] = defaultdict(Counter)
        drawn: dict[str, list[Drawn]] = defaultdict(list)
        for id_, row in answers:
            core[row.level, row.rich][row.core] += 1
            if row.rich:
                drawn[row.level].append((_draw(key, id_), row.items))
        return cls(dict(core), {level: nsmallest(MOST_DRAWN, rows) for level, rows in drawn.items()})

    def to_json(self) -> WeekWaysJson:
        return {
            "core": [
                {"level": level, "rich": rich, "rows": sorted((_BETWEEN.join(row), n) for row, n in rows.items())}
                for (level, rich), rows in sorted(self.core.items())
            ],
            "drawn": [
                {"level": level, "rows": [(_BETWEEN.join(row), number) for number, row in rows]}
                for level, rows in sorted(self.drawn.items())
            ],
        }

    @classmethod
    def from_json(cls, data: WeekWaysJson) -> "WeekWays":
        return cls(
            {
                (kind["level"], kind["rich"]): Counter({_row(text): n for text, n in kind["rows"]})
                for kind in data["core"]
            },
            {kind["level"]: [(number, _row(text)) for text, number in kind["rows"]] for kind in data["drawn"]},
        )


class Ways:
    """How common a row is among those who answered the main question alike and went as far."""

    def __init__(self, core: Mapping[Kind, Counter[Row]], drawn: Mapping[str, Sequence[Row]]) -> None:
        self._core = core
        self._sizes = {kind: rows.total() for kind, rows in core.items()}
        self._drawn = {level: Counter(rows) for level, rows in drawn.items() if len(rows) >= FEWEST_ROWS}
        self._nearness: dict[str, Nearness] = {}
        self._shares: dict[tuple[str, Row], float] = {}

    @classmethod
    def of(cls, weeks: Iterable[WeekWays]) -> "Ways":
        """The ways of these weeks together, in whatever order they come."""
        core: dict[Kind, Counter[Row]] = defaultdict(Counter)
        drawn: dict[str, list[Drawn]] = defaultdict(list)
        for week in weeks:
            for kind, rows in week.core.items():
                core[kind].update(rows)
            for level, numbered in week.drawn.items():
                drawn[level].extend(numbered)
        chosen = {level: [row for _, row in nsmallest(MOST_DRAWN, rows)] for level, rows in drawn.items()}
        return cls(core, chosen)

    def share(self, row: ItemRow) -> float:
        """The share of a first page."""
        kind = (row.level, row.rich)
        size = self._sizes.get(kind, 0)
        if size < FEWEST_ROWS:
            return UNKNOWN_SHARE
        return (self._core[kind][row.core] + _SEEN_ONCE) / (size + _SPREAD)

    def rich_share(self, row: ItemRow) -> float | None:
        """The share of rows near a rich one; None while too few are known for any rule."""
        rows = self._drawn.get(row.level)
        if rows is None or not row.rich:
            return None
        known = (row.level, row.items)
        if known not in self._shares:
            near = self._near(row.level, rows).near(row.items)
            self._shares[known] = (sum(rows[one] for one in near) + _SEEN_ONCE) / (rows.total() + _SPREAD)
        return self._shares[known]

    def _near(self, level: str, rows: Counter[Row]) -> Nearness:
        if level not in self._nearness:
            self._nearness[level] = Nearness(rows, radius_of(next(iter(rows))))
        return self._nearness[level]


def _draw(key: bytes, id_: UUID) -> int:
    """A number that is the same for everybody who has the key: the smallest are drawn."""
    return int.from_bytes(hmac.digest(key, _DRAW + id_.bytes, "sha256")[:8])


def _row(text: str) -> Row:
    return tuple(text.split(_BETWEEN))
