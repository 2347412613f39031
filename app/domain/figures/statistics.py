"""Intervals for shares and for the difference between two shares.

They cover chance only. Who chose to answer, and who did not, is outside every formula here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

#: the 97.5 % point of the normal distribution: 95 % intervals, two-sided
Z = 1.959963984540054
#: the same of 99 % and of 99.8 %
Z_99, Z_998 = 2.5758293035489004, 3.090232306167813
#: of what is named because it can hardly be chance, at most this part is chance alone, on average
RATE = 0.1


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, as parts of 1."""

    low: float
    high: float


def wilson(successes: float, trials: float, z: float = Z) -> Interval:
    """The score interval of a proportion, without continuity correction.

    `successes` may be fractional: shares that were rounded before they are shown get an interval that is
    made of nothing but the rounded share. ValueError without trials or with more successes than trials.

    Wilson 1927, doi:10.1080/01621459.1927.10502953; method 3 of Newcombe 1998,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
    """
    if trials <= 0 or not 0 <= successes <= trials:
        raise ValueError("a proportion needs 0 <= successes <= trials and at least one trial")
    share = successes / trials
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    centre = share + z * z / (2 * trials)
    scale = 1 + z * z / trials
    return Interval(max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def newcombe(successes: float, trials: float, other_successes: float, other_trials: float, z: float = Z) -> Interval:
    """The interval of the difference between two independent proportions, the first minus the other.

    Method 10 (score intervals, squared and added) of Newcombe 1998,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    first, other = wilson(successes, trials, z), wilson(other_successes, other_trials, z)
    share, other_share = successes / trials, other_successes / other_trials
    difference = share - other_share
    return Interval(
        difference - sqrt((share - first.low) ** 2 + (other.high - other_share) ** 2),
        difference + sqrt((first.high - share) ** 2 + (other_share - other.low) ** 2),
    )


def chance_of_difference(successes: float, trials: float, other_successes: float, other_trials: float) -> float:
    """How often, of 1, chance alone makes a difference as large as this: the level at which `newcombe` reaches nought.

    So that a test and the interval beside it never contradict each other. 1 where there is no difference.
    """
    low, high = 0.0, 40.0
    for _ in range(60):
        z = (low + high) / 2
        interval = newcombe(successes, trials, other_successes, other_trials, z)
        low, high = (low, z) if interval.low <= 0 <= interval.high else (z, high)
    return erfc(low / sqrt(2))


def discoveries(chances: Sequence[float], rate: float = RATE) -> tuple[bool, ...]:
    """Which of many tests may be believed, so that of those believed at most this part is wrong on average.

    Step-up procedure of Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    ordered = sorted(chances)
    passing = [chance for at, chance in enumerate(ordered, start=1) if chance <= rate * at / len(ordered)]
    limit = max(passing, default=-1.0)
    return tuple(chance <= limit for chance in chances)


def in_hundred(share: float, step: int = 1) -> int:
    """A part of 1 in whole steps of 100, halves up: what a reader expects, unlike rounding to even."""
    return int(share * 100 / step + 0.5 + 1e-9) * step


def in_points(difference: float) -> int:
    """A difference of two parts of 1 in whole points of 100, halves away from nought."""
    return in_hundred(difference) if difference >= 0 else -in_hundred(-difference)
