"""What two policies make of the same facts: how many answers either sets aside, and where they differ."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.responses.screening.likeness import Fact
from app.domain.responses.screening.policy import Policy, is_copied


@dataclass(frozen=True, slots=True)
class Difference:
    """How many answers both policies set aside, and how many one of them alone."""

    both: int = 0
    before_only: int = 0
    after_only: int = 0

    @property
    def before(self) -> int:
        return self.both + self.before_only

    @property
    def after(self) -> int:
        return self.both + self.after_only

    @property
    def changed(self) -> int:
        return self.before_only + self.after_only

    @property
    def all(self) -> int:
        """What either sets aside."""
        return self.both + self.changed

    def __add__(self, other: "Difference") -> "Difference":
        return Difference(
            self.both + other.both, self.before_only + other.before_only, self.after_only + other.after_only
        )


class Comparison:
    """Facts go in one by one. Only answers that a policy sets aside are kept in mind."""

    def __init__(self, before: Policy, after: Policy) -> None:
        self._policies = before, after
        self._aside: dict[UUID, tuple[int, bool, bool]] = {}

    def add(self, answer: UUID, place: int, fact: Fact, lot: float) -> None:
        """One fact of an answer about a place, and the answer's lot, which is the same for all of its facts."""
        before, after = (is_copied([fact], lot, policy) for policy in self._policies)
        if before or after:
            _, known_before, known_after = self._aside.get(answer, (place, False, False))
            self._aside[answer] = place, known_before or before, known_after or after

    def by_place(self) -> Mapping[int, Difference]:
        """Of places at which a policy sets anything aside."""
        counts: dict[int, Counter[tuple[bool, bool]]] = defaultdict(Counter)
        for place, before, after in self._aside.values():
            counts[place][before, after] += 1
        return {place: Difference(one[True, True], one[True, False], one[False, True]) for place, one in counts.items()}
