"""Lists of confirmation numbers: none is short, none changes, and no part of a long one is small."""

from collections.abc import Mapping
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.responses.receipt_list import (
    FEWEST,
    PART_HOLDS,
    Times,
    list_text,
    lists_of,
    numbers_beginning,
    part_digits,
    parts,
)
from app.domain.weeks import WEEK, Weeks

FIRST = date(2026, 11, 2)
WEEKS = [FIRST + at * WEEK for at in range(8)]


def lists(counts: Mapping[date, int], last: date = WEEKS[-1]) -> list[Weeks]:
    return list(lists_of(counts, FIRST, last))


def test_a_week_of_few_numbers_is_joined_with_the_next() -> None:
    counts = dict(zip(WEEKS, (50, 49, 1, 0, 0, 200, 30), strict=False))
    assert lists(counts) == [
        Weeks(WEEKS[0], WEEKS[0]),
        Weeks(WEEKS[1], WEEKS[2]),
        Weeks(WEEKS[3], WEEKS[5]),
    ]


@given(st.lists(st.integers(0, 120), min_size=8, max_size=8))
def test_another_week_adds_lists_and_changes_none(numbers: list[int]) -> None:
    counts = dict(zip(WEEKS, numbers, strict=True))
    for last in WEEKS:
        known = {week: number for week, number in counts.items() if week <= last}
        found = lists(known, last)
        assert found == lists(counts)[: len(found)]
        assert all(sum(known[week] for week in known if week in each) >= FEWEST for each in found)


def test_the_file_is_in_order_and_repeats_what_came_twice() -> None:
    assert list_text([Times(895986991646, 2), Times(7, 1)]) == "000000000007\n895986991646\n895986991646\n"


def rows(number: int) -> list[Times]:
    dice = Random(number)  # noqa: S311
    return [Times(dice.randrange(10**12), 1) for _ in range(number)]


def test_a_long_list_has_parts_of_which_each_holds_enough() -> None:
    assert part_digits(rows(9_999)) == 0
    assert part_digits(rows(10_000)) == 1
    found = rows(25_000)
    assert part_digits(found) == 2
    assert sum(size for _, size in parts(found, 2)) == 25_000
    assert min(size for _, size in parts(found, 2)) >= PART_HOLDS
    assert [name for name, _ in parts(found, 2)][::33] == ["00", "33", "66", "99"]
    assert numbers_beginning("07") == range(70_000_000_000, 80_000_000_000)


def test_whoever_sends_many_of_one_beginning_makes_no_part_small() -> None:
    assert part_digits([*rows(9_000), Times(120000000000, 1_000_000)]) == 1
    assert part_digits([Times(120000000000, 1_000_000)]) == 0
