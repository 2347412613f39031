"""Shares compared: of one place over time, or of two places. Of nothing but what is shown of them.

So a comparison tells nothing that its reader could not reckon, and a print holds all that it takes to do it again.
"""

from collections.abc import Sequence

from app.domain.figures import shown
from app.domain.figures.disclosure import MINIMUM_FOR_COMPARISON, ROUNDING
from app.domain.figures.report import Change, Share, ShownCount, TrendPoint
from app.domain.figures.statistics import Z, chance_of_difference, in_points, newcombe


def change_in(points: Sequence[TrendPoint], z: float = Z) -> Change | None:
    """How the newest points of a line lie above those before them, as many as make fifty people on each side.

    Of nothing but what the line shows; `z` is half of the width of the limits. None where there are too few, or where
    only a limit is told of one of them.
    """
    sides = _sides(points)
    if len(sides) < 2 or is_limited_in(points):
        return None
    (content, after), (before_content, before) = (_summed(side) for side in sides)
    interval = newcombe(content, after, before_content, before, z)
    moved = in_points(content / after - before_content / before)
    return shown.change(moved, in_points(interval.low), in_points(interval.high))


def is_limited_in(points: Sequence[TrendPoint]) -> bool:
    """Whether there are people enough for `change_in`, but only a limit is told of one of the points."""
    sides = _sides(points)
    return len(sides) == 2 and any(point.share.percent is None for side in sides for point in side)


def _sides(points: Sequence[TrendPoint]) -> list[list[TrendPoint]]:
    """The newest points that make fifty people together, and those before them that do; fewer where there are not."""
    sides: list[list[TrendPoint]] = []
    side: list[TrendPoint] = []
    for point in reversed(points):
        side.append(point)
        if sum(at_least_answered(one.base) for one in side) >= MINIMUM_FOR_COMPARISON:
            sides.append(side)
            side = []
        if len(sides) == 2:
            break
    return sides


def _summed(side: Sequence[TrendPoint]) -> tuple[float, int]:
    """How many people of these points were content, as far as their shares tell, and how many there are."""
    people = [at_least_answered(point.base) for point in side]
    content = [(point.share.percent or 0) * number / 100 for point, number in zip(side, people, strict=True)]
    return sum(content), sum(people)


def comparable(share: Share | None, base: ShownCount) -> tuple[float, int] | None:
    """What a comparison is made of, as far as it is shown: how many gave an answer, of how many at least.

    None where only a limit is told, or below fifty. A share that was added up counts for fewer.
    """
    number = at_least_answered(base)
    if share is None or share.percent is None or number < MINIMUM_FOR_COMPARISON:
        return None
    number = min(number, share.as_sure_as or number)
    return share.percent * number / 100, number


def chance_of_like_share(share: Share, base: ShownCount, other: Share, other_base: ShownCount) -> float | None:
    """How often chance alone sets two shares so far apart, or None where they may not be compared."""
    here, there = comparable(share, base), comparable(other, other_base)
    return chance_of_difference(*here, *there) if here and there else None


def difference_between(share: Share, base: ShownCount, other: Share, other_base: ShownCount) -> Change | None:
    """How far a share lies above another, with its limits, of the same numbers as `chance_of_like_share`."""
    apart = _apart(share, base, other, other_base)
    return shown.difference(*apart) if apart else None


def change_from(earlier: Share, earlier_base: ShownCount, later: Share, later_base: ShownCount) -> Change | None:
    """How a share moved from an earlier time to a later one that shares no week with it, likewise."""
    apart = _apart(later, later_base, earlier, earlier_base)
    return shown.change(*apart) if apart else None


def _apart(share: Share, base: ShownCount, other: Share, other_base: ShownCount) -> tuple[int, int, int] | None:
    """By how many in 100, and its limits; None where they may not be compared."""
    here, there = comparable(share, base), comparable(other, other_base)
    if here is None or there is None or share.percent is None or other.percent is None:
        return None
    interval = newcombe(*here, *there)
    return share.percent - other.percent, in_points(interval.low), in_points(interval.high)


def at_least_answered(base: ShownCount) -> int:
    """How many answered, as far as what is shown of it tells for certain."""
    if base.number is None:
        return 0
    return base.number if base.floor else base.number - ROUNDING // 2
