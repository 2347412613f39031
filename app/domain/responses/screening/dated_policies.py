"""Which policy holds in a week: that of the code, or a stricter one that headquarters chose for later weeks.

An answer is judged by the policy of its week, and each verdict keeps the number of its policy.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.responses.screening.policy import LIKENESS, POLICY_VERSION, Policy

#: those that were chosen are numbered 601, 602 … under the rules of version 6, which no later version of the code meets
NUMBERS = range(POLICY_VERSION * 100 + 1, POLICY_VERSION * 100 + 100)


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """A policy and the Monday from which on it holds."""

    number: int
    since: date
    values: Policy


BUILT_IN = DatedPolicy(POLICY_VERSION, date.min, LIKENESS)


class Policies:
    """The policy of the code and those that were chosen under its rules. What was chosen under others holds no more."""

    def __init__(self, chosen: Iterable[DatedPolicy] = ()) -> None:
        under_these_rules = (one for one in chosen if one.number in NUMBERS)
        self.all = (BUILT_IN, *sorted(under_these_rules, key=lambda one: one.since))
        self._since = [one.since for one in self.all]
        self._by_number = {one.number: one for one in self.all}

    @property
    def newest(self) -> DatedPolicy:
        """The one that the next would follow; its first week may still come."""
        return self.all[-1]

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(self._by_number)

    def of(self, week: date) -> DatedPolicy:
        return self.all[bisect_right(self._since, week) - 1]

    def numbered(self, number: int) -> DatedPolicy | None:
        """None for a number of other rules: what they said cannot be said again."""
        return self._by_number.get(number)
