"""Like places beside each other: is one further from the others than chance would set it?

No order by share and no rank: twenty places have a first and a last whatever they do. A place is named only if it lies
further off than chance sets one of so many, after all of them have been seen to differ by more than chance together
(Spiegelhalter 2005, doi:10.1002/sim.1970), and by enough to matter. All of it is reckoned from shown figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt

from app.domain.figures.comparison import comparable
from app.domain.figures.report import Label, Share, ShownCount
from app.domain.figures.statistics import Z_998, Z, discoveries, wilson
from app.domain.places.place import PlaceGroup
from app.domain.sentence import Translate

#: of a kind and group; below so many there is nothing to be beside
FEWEST = 8
#: differences below these points of 100 matter to nobody, however certain they are
MATTERS = 5
#: half of the widest limits of a funnel: 95 and 99.8 in 100
LIMITS = (Z, Z_998)
#: the part at either end that is taken in when it is asked how much all of them differ
_ENDS = 0.1


class Beside(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"
    #: answers there
    TOO_FEW = "too_few"
    #: places like it
    SMALL_GROUP = "small_group"


@dataclass(frozen=True, slots=True)
class LikePlace:
    """A place, and what is shown of one question there."""

    id: int
    name: Label
    share: Share | None
    base: ShownCount
    group: PlaceGroup | None = None

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
    """The share of all in 100, and how many times as far apart as by chance they lie."""

    share: float
    spread: float

    def limits(self, number: float) -> tuple[tuple[float, float], ...]:
        """From where to where, in 100, a place of so many answers lies by chance: at 95 and at 99.8 in 100."""
        whole = (wilson(self.share * number / 100, number, z * self.spread) for z in LIMITS)
        return tuple((100 * interval.low, 100 * interval.high) for interval in whole)


@dataclass(frozen=True, slots=True)
class LikeGroup:
    """Places that are compared with each other: of one kind, and of one group, or of none that is said.

    No funnel where fewer than eight can be compared.
    """

    group: PlaceGroup | None
    places: tuple[Placed, ...]
    funnel: Funnel | None

    @property
    def compared(self) -> int:
        return sum(one.place.told is not None for one in self.places)


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of which it is not known yet who is named: what is told of each, and by what chance it lies so far off.

    Both are keyed by the place's id, and empty of those that cannot be compared.
    """

    group: PlaceGroup | None
    places: Sequence[LikePlace]
    told: Mapping[int, tuple[float, int]]
    funnel: Funnel | None
    chances: Mapping[int, float]


def groups_of(places: Sequence[LikePlace]) -> tuple[LikeGroup, ...]:
    """Every group that has places, each in the order given; those of which none is said come last.

    A group has a share and a spread of its own. Who is named is decided over all groups at once, since whoever looks
    at three of them looks at all of their places.
    """
    parts = [(group, [place for place in places if place.group is group]) for group in (*PlaceGroup, None)]
    found = [_group_of(group, members) for group, members in parts if members]
    chances = {id_: chance for one in found for id_, chance in one.chances.items()}
    believed = dict(zip(chances, discoveries(list(chances.values())), strict=True))
    return tuple(
        LikeGroup(one.group, tuple(Placed(place, _beside(one, place, believed)) for place in one.places), one.funnel)
        for one in found
    )


def is_grouped(groups: Sequence[LikeGroup]) -> bool:
    """Whether a group is said of any place; otherwise all of them are compared with each other."""
    return any(one.group is not None for one in groups)


def _group_of(group: PlaceGroup | None, places: Sequence[LikePlace]) -> _Group:
    told = {place.id: told for place in places if (told := place.told) is not None}
    people = sum(number for _, number in told.values())
    share = sum(share * number for share, number in told.values()) / people if people else 0
    if len(told) < FEWEST or not 0 < share < 1:
        return _Group(group, places, told, None, {})
    away = {id_: (own - share) / sqrt(share * (1 - share) / number) for id_, (own, number) in told.items()}
    spread = sqrt(max(1.0, _dispersion(list(away.values()))))
    chances = {id_: erfc(abs(distance) / (sqrt(2) * spread)) for id_, distance in away.items()}
    return _Group(group, places, told, Funnel(100 * share, spread), chances)


def _beside(group: _Group, place: LikePlace, believed: Mapping[int, bool]) -> Beside:
    if place.id not in group.told:
        return Beside.TOO_FEW
    if group.funnel is None:
        return Beside.SMALL_GROUP
    points = 100 * group.told[place.id][0] - group.funnel.share
    if not believed.get(place.id) or abs(points) < MATTERS:
        return Beside.ALIKE
    return Beside.HIGHER if points > 0 else Beside.LOWER


def by_name(places: Sequence[Placed], language: str, translate: Translate = str) -> list[Placed]:
    """In the order of the names that the reader sees, never of the shares; of one name, as they were."""
    return sorted(places, key=lambda one: one.place.name.text(language, translate).casefold())


def _dispersion(distances: Sequence[float]) -> float:
    """The mean squared distance with the ends drawn in, so that a few that are truly far off do not hide themselves."""
    ordered = sorted(distances)
    cut = int(_ENDS * len(ordered))
    low, high = ordered[cut], ordered[-1 - cut]
    return sum(min(max(distance, low), high) ** 2 for distance in distances) / len(distances)
