"""Like places beside each other: is one further from the others than chance would set it?

No order by share and no rank: twenty places have a first and a last whatever they do. A place is named only if it lies
further off than chance sets one of so many, after all of them have been seen to differ by more than chance together
(Spiegelhalter 2005, doi:10.1002/sim.1970), and by enough to matter. All of it is reckoned from shown figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt

from app.domain.figures.comparison import comparable
from app.domain.figures.highlights.areas import RATE
from app.domain.figures.report import Label, Share, ShownCount
from app.domain.figures.statistics import Z, discoveries, wilson
from app.domain.sentence import Translate

#: below so many there is no group to be beside
FEWEST = 8
#: differences below these points of 100 matter to nobody, however certain they are
MATTERS = 5
#: half of the widest limits of a funnel: 95 and 99.8 in 100
LIMITS = (Z, 3.090232306167813)
#: the part at either end that is taken in when it is asked how much all of them differ
_ENDS = 0.1


class Beside(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class LikePlace:
    """A place of the group, and what is shown of one question there."""

    id: int
    name: Label
    share: Share | None
    base: ShownCount

    @property
    def told(self) -> tuple[float, int] | None:
        """The share as a part of 1, and of how many at least; None where they may not be compared."""
        found = comparable(self.share, self.base)
        return (found[0] / found[1], found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Placed:
    place: LikePlace
    beside: Beside


@dataclass(frozen=True, slots=True)
class Funnel:
    """The group's share in 100, how many times as far apart as by chance its places lie, and where each does."""

    share: float
    spread: float
    places: tuple[Placed, ...]

    def limits(self, number: float) -> tuple[tuple[float, float], ...]:
        """From where to where, in 100, a place of so many answers lies by chance: at 95 and at 99.8 in 100."""
        whole = (wilson(self.share * number / 100, number, z * self.spread) for z in LIMITS)
        return tuple((100 * interval.low, 100 * interval.high) for interval in whole)


def funnel_of(places: Sequence[LikePlace]) -> Funnel | None:
    """Every place in the order given; None where fewer than eight can be compared, or all of them say the same."""
    told = {at: told for at, place in enumerate(places) if (told := place.told) is not None}
    people = sum(number for _, number in told.values())
    group = sum(share * number for share, number in told.values()) / people if people else 0
    if len(told) < FEWEST or not 0 < group < 1:
        return None
    away = {at: (share - group) / sqrt(group * (1 - group) / number) for at, (share, number) in told.items()}
    spread = sqrt(max(1.0, _dispersion(list(away.values()))))
    believed = discoveries([erfc(abs(distance) / (sqrt(2) * spread)) for distance in away.values()], RATE)
    beside = dict.fromkeys(range(len(places)), Beside.TOO_FEW)
    for (at, (share, _)), is_believed in zip(told.items(), believed, strict=True):
        points = 100 * (share - group)
        is_far = is_believed and abs(points) >= MATTERS
        beside[at] = (Beside.HIGHER if points > 0 else Beside.LOWER) if is_far else Beside.ALIKE
    return Funnel(100 * group, spread, tuple(Placed(place, beside[at]) for at, place in enumerate(places)))


def by_name(places: Sequence[Placed], language: str, translate: Translate = str) -> list[Placed]:
    """In the order of the names that the reader sees, never of the shares."""
    return sorted(places, key=lambda one: (one.place.name.text(language, translate).casefold(), one.place.id))


def _dispersion(distances: Sequence[float]) -> float:
    """The mean squared distance with the ends drawn in, so that a few that are truly far off do not hide themselves."""
    ordered = sorted(distances)
    cut = int(_ENDS * len(ordered))
    low, high = ordered[cut], ordered[-1 - cut]
    return sum(min(max(distance, low), high) ** 2 for distance in distances) / len(distances)
