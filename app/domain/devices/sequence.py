"""A device's sequence numbers: which have arrived, as runs, and which are missing between them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class NumberRun:
    """The numbers from `first` to `last`, both included."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Arrived:
    """`last` is the highest number that has arrived, 0 if none has; `gaps` is what is missing below it."""

    last: int
    gaps: tuple[NumberRun, ...]

    @property
    def missing(self) -> int:
        return sum(map(len, self.gaps))


def add_numbers(runs: Iterable[NumberRun], numbers: Sequence[int]) -> tuple[tuple[NumberRun, ...], tuple[bool, ...]]:
    """The runs with these numbers among them, and for each number whether it is new there.

    Of a number that comes twice the first is new.
    """
    ordered = sorted(runs)
    starts = [run.first for run in ordered]
    taken: set[int] = set()
    new = []
    for number in numbers:
        at = bisect_right(starts, number) - 1
        new.append(number not in taken and (at < 0 or ordered[at].last < number))
        taken.add(number)
    fresh = (NumberRun(number, number) for number, is_new in zip(numbers, new, strict=True) if is_new)
    return _merged(sorted([*ordered, *fresh])), tuple(new)


def arrived(runs: Iterable[NumberRun]) -> Arrived:
    """What the runs of one device say; its first number is 1."""
    ordered = [NumberRun(0, 0), *sorted(runs)]
    between = ((before.last + 1, after.first - 1) for before, after in pairwise(ordered))
    return Arrived(ordered[-1].last, tuple(NumberRun(first, last) for first, last in between if first <= last))


def _merged(ordered: Iterable[NumberRun]) -> tuple[NumberRun, ...]:
    merged: list[NumberRun] = []
    for run in ordered:
        if merged and run.first <= merged[-1].last + 1:
            merged[-1] = NumberRun(merged[-1].first, max(merged[-1].last, run.last))
        else:
            merged.append(run)
    return tuple(merged)
