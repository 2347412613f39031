"""Runs of sequence numbers, held to a set of numbers that does the same slowly."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.devices.sequence import Arrived, NumberRun, add_numbers, arrived

NUMBERS = st.lists(st.integers(1, 40), max_size=12)


@given(st.lists(NUMBERS, max_size=8))
def test_runs_hold_what_a_set_would(batches: list[list[int]]) -> None:
    runs: tuple[NumberRun, ...] = ()
    seen: set[int] = set()
    for numbers in batches:
        runs, new = add_numbers(runs, numbers)
        for number, is_new in zip(numbers, new, strict=True):
            assert is_new == (number not in seen)
            seen.add(number)
    assert [number for run in runs for number in range(run.first, run.last + 1)] == sorted(seen)
    assert all(before.last + 1 < after.first for before, after in pairwise(runs))
    said = arrived(runs)
    gone = set(range(1, max(seen, default=0) + 1)) - seen
    assert {number for gap in said.gaps for number in range(gap.first, gap.last + 1)} == gone
    assert (said.last, said.missing) == (max(seen, default=0), len(gone))


def test_a_device_that_sent_nothing_has_no_gap() -> None:
    assert arrived([]) == Arrived(0, ())


def test_what_is_missing_before_the_first_is_a_gap() -> None:
    assert arrived([NumberRun(4, 6), NumberRun(9, 9)]).gaps == (NumberRun(1, 3), NumberRun(7, 8))
