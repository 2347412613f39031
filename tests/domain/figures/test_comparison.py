"""Comparing what is shown: true as far as it goes, and telling nothing of its own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.comparison import (
    at_least_answered,
    chance_of_like_share,
    change_in,
    difference_between,
    is_limited_in,
)
from app.domain.figures.disclosure import share_of, shown_base
from app.domain.figures.report import TrendPoint


@given(st.integers(30, 3000), st.integers(0, 400))
def test_what_is_told_of_how_many_answered_is_never_more_than_there_were(answered: int, left_out: int) -> None:
    assert answered - 9 <= at_least_answered(shown_base(answered + left_out, answered)) <= answered


def test_two_places_are_compared_by_what_is_shown_of_them() -> None:
    """Any counts that are shown alike are compared alike, so a comparison tells nothing of its own."""
    there, others = share_of(600, 1000, 1000, at_least=True), shown_base(1000, 1000)
    alike = [
        (
            chance_of_like_share(share, shown_base(n, n), there, others),
            difference_between(share, shown_base(n, n), there, others),
        )
        for n in (98, 99, 100, 101, 102)
        for good in (39, 40)
        if (share := share_of(good, n, n, at_least=True)).percent == 40
    ]
    assert len(alike) == 10
    assert all(one == alike[0] for one in alike)
    ((chance, difference), *_) = alike
    assert chance is not None
    assert chance < 0.01
    assert difference is not None
    assert difference.words.text() == "lower by about 20 in 100 (between 10 and 30)"


def test_a_limit_or_too_few_cannot_be_compared() -> None:
    told, many = share_of(40, 100, 100, at_least=True), shown_base(100, 100)
    for share, base in (
        (share_of(99, 100, 100, at_least=True), many),
        (told, shown_base(49, 49)),
        (told, shown_base(9, 9)),
    ):
        assert difference_between(share, base, told, many) is None
        assert difference_between(told, many, share, base) is None
        assert chance_of_like_share(share, base, told, many) is None
    same = difference_between(told, many, told, many)
    assert same is not None
    assert (same.certain, same.words.text()) == (False, "no clear difference")


def line(*points: tuple[int, int]) -> list[TrendPoint]:
    """Points of a line: how many of how many were content."""
    day = date(2026, 6, 1)
    return [TrendPoint(day, day, shown_base(n, n), share_of(good, n, n, at_least=True)) for good, n in points]


def test_a_line_moved_if_its_newest_points_differ_from_those_before_by_more_than_chance() -> None:
    up = change_in(line((10, 40), (12, 40), (28, 40), (30, 40)))
    assert up is not None
    assert (up.certain, up.points > 0) == (True, True)
    down = change_in(line((90, 100), (30, 100)))
    assert down is not None
    assert down.words.text() == "lower than before by about 60 in 100 (between 48 and 69)"
    still = change_in(line((40, 100), (45, 100)))
    assert still is not None
    assert not still.certain


@pytest.mark.parametrize(
    "points", [[], [(40, 100)], [(15, 30), (15, 30), (15, 30)], [(40, 100), (99, 100)], [(99, 100), (40, 100)]]
)
def test_of_too_few_or_of_a_limit_no_movement_is_told(points: list[tuple[int, int]]) -> None:
    assert change_in(line(*points)) is None


def test_why_no_movement_is_told() -> None:
    assert is_limited_in(line((40, 100), (99, 100)))
    assert is_limited_in(line((99, 100), (40, 100)))
    # What lies further back is not looked at, and too few is a reason of its own.
    assert not is_limited_in(line((99, 100), (40, 100), (40, 100)))
    assert not is_limited_in(line((99, 100)))
    assert not is_limited_in([])
