"""Which backups of a folder are kept: each night's for some days, one a week and one a month for longer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Retention:
    """Of how many days, weeks and months the last backup is kept. Days are those of UTC, as in the names of files."""

    days: int
    weeks: int
    months: int

    def kept(self, made: Iterable[datetime]) -> set[datetime]:
        """Those that stay: of the last days, weeks and months in which one was made, its latest; the newest always.

        Counted by backups, not by today's date: a clock that was ahead takes up a place, and throws nothing away.
        """
        newest_first = sorted(made, reverse=True)
        stay = set(newest_first[:1])
        stay |= _latest_of_each(newest_first, lambda at: (at.year, at.month, at.day), self.days)
        stay |= _latest_of_each(newest_first, lambda at: at.isocalendar()[:2], self.weeks)
        stay |= _latest_of_each(newest_first, lambda at: (at.year, at.month), self.months)
        return stay


def _latest_of_each(
    newest_first: Iterable[datetime], span_of: Callable[[datetime], tuple[int, ...]], spans: int
) -> set[datetime]:
    latest: dict[tuple[int, ...], datetime] = {}
    for at in newest_first:
        latest.setdefault(span_of(at), at)
    return set(sorted(latest.values(), reverse=True)[:spans])
