"""How much more often people were satisfied who found something good, among people who are otherwise alike.

Sums over fourfold tables and nothing else, so that it is made of counters that are kept, not of anybody's answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from app.domain.figures.drivers.joint import Table


@dataclass(frozen=True, slots=True)
class Estimate:
    """A difference of two parts of 1, and how far chance carries it."""

    difference: float
    variance: float

    @property
    def spread(self) -> float:
        return sqrt(self.variance)


def with_both(tables: Sequence[Table]) -> list[Table]:
    """The strata in which somebody found it good and somebody did not: the others say nothing of a difference."""
    return [table for table in tables if _good(table) and _poor(table)]


def risk_difference(tables: Sequence[Table]) -> Estimate | None:
    """The risk difference of Mantel and Haenszel over strata; None where no stratum has both groups.

    With the variance of Greenland and Robins 1985, doi:10.2307/2530643.
    """
    compared = with_both(tables)
    if not compared:
        return None
    weights = [_good(table) * _poor(table) / (_good(table) + _poor(table)) for table in compared]
    shares = [(table.good_satisfied / _good(table), table.poor_satisfied / _poor(table)) for table in compared]
    difference = sum(weight * (good - poor) for weight, (good, poor) in zip(weights, shares, strict=True))
    variance = sum(
        weight**2 * (good * (1 - good) / _good(table) + poor * (1 - poor) / _poor(table))
        for table, weight, (good, poor) in zip(compared, weights, shares, strict=True)
    )
    return Estimate(difference / sum(weights), variance / sum(weights) ** 2)


def _good(table: Table) -> int:
    return table.good_satisfied + table.good_not


def _poor(table: Table) -> int:
    return table.poor_satisfied + table.poor_not
