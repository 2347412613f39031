"""The middle point: the median of the points of a line, which a burst of answers hardly moves.

Beside the plain figure of people who chose to answer. Whoever brings many people on a few days makes a few points, not
the middle one. It sets nobody aside, and it does nothing against somebody who goes on patiently all the time.
"""

from collections.abc import Sequence

from app.domain.figures.report import Share, ShareKind

#: of fewer points a single one would carry the middle
FEWEST_POINTS = 5
#: in 100: a point stands for as few as thirty answers
STEP = 5


def middle_of(points: Sequence[Share]) -> int | None:
    """The middle share of a line's points in steps of 5 in 100, made of what the line shows.

    None of fewer than five points, where one of them is withheld, or where the middle one is told as a limit. Points
    below or above a limit are taken to be the lowest or the highest.
    """
    if len(points) < FEWEST_POINTS or any(point.kind is ShareKind.WITHHELD for point in points):
        return None
    ranked = sorted(points, key=_rank)
    middle = [ranked[(len(ranked) - 1) // 2].percent, ranked[len(ranked) // 2].percent]
    told = [percent for percent in middle if percent is not None]
    if len(told) < len(middle):
        return None
    return STEP * round(sum(told) / len(told) / STEP)


def _rank(point: Share) -> tuple[int, int]:
    order = {ShareKind.BELOW: 0, ShareKind.ABOUT: 1, ShareKind.ABOVE: 2}
    return order[point.kind], point.percent or 0
