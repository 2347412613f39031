"""Where a line leaves its course: its moving average lies further from the points before than chance takes it.

A change from one point to the next has to be large to be seen; a small one that lasts adds up in the average. Reckoned
from the shares and bases that the line shows, each point by those before it alone, as it could be known on its day. Of
answers that people chose to give nothing is said, since who chooses to answer may change as well.

Exponentially weighted moving average: Roberts 1959, doi:10.1080/00401706.1959.10489860.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from math import log, sqrt

from app.domain.codes.channel import Evidence
from app.domain.figures.comparison import at_least_answered
from app.domain.figures.disclosure import step_of, were_chosen
from app.domain.figures.report import TrendPoint
from app.domain.figures.statistics import Z_998

#: how much of the average is the newest point
WEIGHT = 0.3
#: the first point that is judged
FEWEST = 8


class Side(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


def off_course(points: Sequence[TrendPoint], evidence: Evidence) -> dict[date, Side]:
    """The points where the line is off its course, by their last week, the oldest first.

    None of answers that people chose to give, of fewer than eight points, or where only a limit is told of one of them.
    """
    if not were_chosen(evidence) or any(point.share.percent is None for point in points):
        return {}
    found = {}
    for number in range(FEWEST, len(points) + 1):
        away = _away(points[:number])
        if abs(away) > Z_998:
            found[points[number - 1].last_week] = Side.HIGHER if away > 0 else Side.LOWER
    return found


def _away(points: Sequence[TrendPoint]) -> float:
    """How many standard errors the average lies from the share of all points before the newest one.

    On the logit, where a point more means as much near an end as in the middle. A point's variance is that of chance at
    the share of those before it, and of the step that it was rounded to.
    """
    shares = [(point.share.percent or 0) / 100 for point in points]
    people = [at_least_answered(point.base) for point in points]
    before = sum(people[:-1])
    usual = sum(share * number for share, number in zip(shares[:-1], people[:-1], strict=True)) / before
    room = usual * (1 - usual)
    average, variance, kept = _logit(usual), 0.0, (1 - WEIGHT) ** len(points)
    for at, (share, number) in enumerate(zip(shares, people, strict=True)):
        weight = WEIGHT * (1 - WEIGHT) ** (len(points) - 1 - at)
        average += weight * (_logit(share) - _logit(usual))
        # The point is in the average, and all but the newest are in what it is set against.
        against = (1 - kept) * number / before if at < len(points) - 1 else 0
        chance = room / number + (step_of(number) / 100) ** 2 / 12
        variance += (weight - against) ** 2 * chance / room**2
    return (average - _logit(usual)) / sqrt(variance)


def _logit(share: float) -> float:
    return log(share / (1 - share))
