"""The bound of a headline figure: its limits if as many answers were false as the checks made leave possible."""

from math import ceil, floor

from app.domain.codes.channel import Evidence
from app.domain.figures.headline.asked import Asked
from app.domain.figures.headline.binomial import at_most
from app.domain.figures.report import Share, ShareKind
from app.domain.figures.statistics import wilson

#: how often more are bad than the upper limit says
_RARE = 0.05
#: halvings of a limit: past the last digit of a float
_HALVINGS = 60


def upper_limit(bad: int, looked_at: int) -> float:
    """How large a part of all may be bad, if so many of those looked at were: from 0 to 1, one-sided, at 95 in 100.

    Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404. 1 if nothing was looked at, or all of it was bad.
    ValueError if more were bad than were looked at.
    """
    if not 0 <= bad <= looked_at:
        raise ValueError("no more can be bad than were looked at")
    if bad == looked_at:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(bad, looked_at, middle) > _RARE else (low, middle)
    return high


def possible_false(evidence: Evidence, asked: Asked) -> int:
    """How many of the answers may be false, by the decoys that were used or the interviews that nobody confirmed.

    What is shown of it is asked for with the shown number of answers, so that it tells nothing of the exact one.
    ValueError for a class that has no headline.
    """
    if evidence is Evidence.INVITED:
        possible = asked.issued * upper_limit(asked.decoys_used, asked.decoys)
    elif evidence is Evidence.SAMPLED:
        possible = asked.answers * upper_limit(asked.unconfirmed, asked.checked)
    else:
        raise ValueError(f"answers of the class {evidence} are no headline")
    return min(asked.answers, ceil(possible))


def bound(good: float, answered: float, false: float, missing: float = 0) -> tuple[float, float]:
    """From the lowest to the highest share of good answers, from 0 to 1, that may have been given.

    So many of those `answered` may be `false`, all of them good or all of them not; so many may be `missing`, likewise.
    Numbers may be fractional, as they are for shares that were rounded. ValueError with more good answers than answers.
    """
    if not 0 <= good <= answered:
        raise ValueError("a bound needs 0 <= good <= answered")
    true = max(0, answered - false)
    if true + missing <= 0:
        return 0.0, 1.0
    lowest = wilson(max(0, good - false), true + missing)
    highest = wilson(min(good, true) + missing, true + missing)
    return lowest.low, highest.high


def shown_bound(share: Share, base: int, false: int) -> tuple[int, int] | None:
    """The bound in whole points of 100, outwards, made of the share and the base that are shown and of nothing exact.

    Of a share that is told as a limit, all that it leaves open is in the bound. None where nothing is told of it.
    """
    told = {
        ShareKind.ABOUT: (share.percent, share.percent),
        ShareKind.BELOW: (0, share.bound),
        ShareKind.ABOVE: (share.bound, 100),
        ShareKind.BETWEEN: (share.low, share.high),
        ShareKind.WITHHELD: (None, None),
    }
    least, most = told[share.kind]
    if least is None or most is None:
        return None
    low, _ = bound(least * base / 100, base, false)
    _, high = bound(most * base / 100, base, false)
    return floor(100 * low), ceil(100 * high)
