"""What a week cell is called, and what is in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.figures.counters import add
from app.domain.responses.verdict import Decision

#: what a verdict that needs none keeps as its reasons
NO_REASONS = "[]"


class Slice(NamedTuple):
    """All cells that add up to one another: those of one version, week and channel."""

    survey_version_id: int
    week: date
    channel: str


class Cell(NamedTuple):
    """A place's own answers in a slice. What the tallies keep for it holds everything below it as well."""

    place_id: int
    survey_version_id: int
    week: date
    channel: str

    @property
    def part(self) -> Slice:
        return Slice(*self[1:])


class Waits(NamedTuple):
    """How many answers are in no block."""

    counted: int = 0
    set_aside: int = 0

    def with_one(self, verdict: str, number: int = 1) -> "Waits":
        return self.plus(Waits(number, 0) if verdict == Decision.COUNTED else Waits(0, number))

    def plus(self, other: "Waits") -> "Waits":
        return Waits(self.counted + other.counted, self.set_aside + other.set_aside)


@dataclass(slots=True)
class Contents:
    """Counters by verdict and how often each reason was given. May hold less than nothing, as a difference."""

    vectors: dict[str, list[int]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Contents") -> None:
        for verdict, vector in other.vectors.items():
            held = self.vectors.get(verdict)
            self.vectors[verdict] = list(vector) if held is None else add((held, vector))
        for reason, number in other.reasons.items():
            self.reasons[reason] += number

    def without_nothing(self) -> "Contents":
        """The same without what adds up to no answer, which has no row."""
        vectors = {verdict: vector for verdict, vector in self.vectors.items() if vector[0]}
        return Contents(vectors, Counter({reason: number for reason, number in self.reasons.items() if number}))


def by_slice(cells: Iterable[Cell]) -> dict[Slice, set[int]]:
    """The places of each slice."""
    places: dict[Slice, set[int]] = defaultdict(set)
    for cell in cells:
        places[cell.part].add(cell.place_id)
    return places
