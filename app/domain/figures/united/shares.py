"""Shares that are put together from what is told, and from nothing exact: so they tell nothing new.

A share of several answers together, or of two groups together, that was counted and rounded by itself would be another
rounding of the same people: beside what is told of the parts, it could leave a single number of people in one.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from app.domain.figures import shown
from app.domain.figures.disclosure import MINIMUM, NEAR_UNANIMOUS, ROUNDING, step_of, told_about
from app.domain.figures.report import Share, ShareKind, ShownCount
from app.domain.figures.statistics import in_hundred


def united_share(some: Sequence[Share], others: Sequence[Share], base: int) -> Share | None:
    """The share of some answers of those that exclude each other: made of what is told of each, and of nothing exact.

    Their sum, or what the others leave of 100, whichever is made of fewer; None where not every share of either is
    told, or the sum lies near an end. Each share added brings the chance of its step: what comes of it is as
    uncertain as a share of fewer people, and is compared as one.
    """
    at_least = any(share.at_least for share in some)
    over = next((share for share in (*some, *others) if share.kind is ShareKind.ABOVE), None)
    if over is not None:
        return over if over in some else shown.below(100 - (over.bound or 0), at_least=at_least)
    told = [side for side in (some, others) if side and all(share.percent is not None for share in side)]
    if not told:
        return None
    side = min(told, key=len)
    total = sum(share.percent or 0 for share in side)
    percent = total if side is some else 100 - total
    if len(side) == 1:
        return told_about(percent, base, at_least=at_least)
    if not NEAR_UNANIMOUS <= percent <= 100 - NEAR_UNANIMOUS:
        return None
    # Twice the variance of each step, since what comes of them is in steps again.
    of_steps = len(side) * step_of(base) ** 2 / 6 / (percent * (100 - percent))
    people = floor(1 / (1 / base + of_steps))
    return replace(told_about(percent, people, at_least=at_least), as_sure_as=people)


def share_with(share: Share | None, base: ShownCount, of_others: Share | None, others: ShownCount) -> Share | None:
    """How many in 100 gave an answer if some others were counted too, as far as it follows from what is told of both.

    About so many, where about so many are told of both; else between the least and the most that can be, in steps of 5.
    Of `others` any number may have given it while nothing is told of them. None where nothing follows.
    """
    if share is None or base.number is None or others.number is None:
        return None
    if share.percent is not None and of_others is not None and of_others.percent is not None:
        people = base.number + others.number
        given = share.percent * base.number + of_others.percent * others.number
        return told_about(in_hundred(given / people / 100, step_of(people)), people, at_least=share.at_least)
    (least, most), (others_least, others_most) = _reach(share, base.number), _reach(of_others, others.number)
    (fewest, all_), (few, many) = _numbers(base), _numbers(others)
    weights = (few / (few + all_) if of_others else 0, many / (many + fewest))
    low = 5 * floor(min(least + weight * (others_least - least) for weight in weights) / 5)
    high = 5 * ceil(max(most + weight * (others_most - most) for weight in weights) / 5)
    return shown.between(low, high, at_least=share.at_least)


def _reach(share: Share | None, base: int) -> tuple[float, float]:
    """From where to where the exact share can lie, in 100, by what is told."""
    if share is None:
        return 0, 100
    if share.percent is not None:
        return share.percent - step_of(base) / 2, share.percent + step_of(base) / 2
    return (0, share.bound or 0) if share.kind is ShareKind.BELOW else (share.bound or 0, 100)


def _numbers(count: ShownCount) -> tuple[int, int]:
    """The least and the most people that a number stands for."""
    number = count.number or 0
    return (number, number + MINIMUM - 1) if count.floor else (number - ROUNDING // 2, number + ROUNDING // 2)
