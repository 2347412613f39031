"""Which policy holds in a week: that of the code, or a stricter one that headquarters chose for later weeks.

An answer is judged by the policy of its week, and each verdict keeps the number of its policy.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.responses.screening.policy import LIKENESS, POLICY_VERSION, Policy


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """A policy and the Monday from which on it holds."""

    number: int
    since: date
    values: Policy


def numbers_under(version: int) -> range:
    """Those of the policies that were chosen under the rules of this version: 701, 702 … which no later one meets."""
    return range(version * 100 + 1, version * 100 + 100)


NUMBERS = numbers_under(POLICY_VERSION)
BUILT_IN = DatedPolicy(POLICY_VERSION, date.min, LIKENESS)
#: the version before: its rules of likeness were the same, so what it judged can be made again, and what was chosen
#: under it was carried over to this one by a migration. What lay in an answer at arrival it kept in the verdict alone
EARLIER = DatedPolicy(6, date.min, LIKENESS)


class Policies:
    """The policy of the code and those that were chosen under its rules. What was chosen under others holds no more."""

    def __init__(self, chosen: Iterable[DatedPolicy] = ()) -> None:
        chosen = list(chosen)
        self.all = (BUILT_IN, *sorted(_of(POLICY_VERSION, chosen), key=lambda one: one.since))
        #: those by which a verdict can be made again
        self.known = (*self.all, EARLIER, *_of(EARLIER.number, chosen))
        self._since = [one.since for one in self.all]
        self._by_number = {one.number: one for one in self.known}

    @property
    def newest(self) -> DatedPolicy:
        """The one that the next would follow; its first week may still come."""
        return self.all[-1]

    @property
    def numbers(self) -> frozenset[int]:
        """Those of this version's rules."""
        return frozenset(one.number for one in self.all)

    def of(self, week: date) -> DatedPolicy:
        return self.all[bisect_right(self._since, week) - 1]

    def numbered(self, number: int) -> DatedPolicy | None:
        """None for a number of other rules: what they said cannot be said again."""
        return self._by_number.get(number)


def _of(version: int, chosen: Iterable[DatedPolicy]) -> list[DatedPolicy]:
    return [one for one in chosen if one.number in numbers_under(version)]
