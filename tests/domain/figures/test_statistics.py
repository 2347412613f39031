"""Intervals against published values, and in general."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.statistics import chance_of_difference, discoveries, in_hundred, newcombe, wilson

# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3 (score, no continuity correction).
WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("successes", "trials", "low", "high"), WILSON)
def test_wilson_agrees_with_published_values(successes: int, trials: int, low: float, high: float) -> None:
    interval = wilson(successes, trials)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("trials", "low", "high"), [(10, 31, 83), (30, 42, 75), (50, 46, 72), (100, 50, 69), (200, 53, 67), (400, 55, 65)]
)
def test_sixty_in_hundred_at_growing_numbers(trials: int, low: int, high: int) -> None:
    interval = wilson(0.6 * trials, trials)
    assert (in_hundred(interval.low), in_hundred(interval.high)) == (low, high)


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE)
def test_newcombe_agrees_with_published_values(a: int, m: int, b: int, n: int, low: float, high: float) -> None:
    interval = newcombe(a, m, b, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5000), st.data())
def test_an_interval_holds_its_share_and_is_mirrored(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    interval, mirrored = wilson(successes, trials), wilson(trials - successes, trials)
    assert 0 <= interval.low <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= interval.high <= 1
    assert interval.low == pytest.approx(1 - mirrored.high)


def test_a_proportion_needs_trials() -> None:
    for successes, trials in ((0, 0), (3, 2), (-1, 5)):
        with pytest.raises(ValueError, match="proportion"):
            wilson(successes, trials)


def test_halves_go_up() -> None:
    assert [in_hundred(share) for share in (0.005, 0.125, 0.335, 0.5, 0.7338)] == [1, 13, 34, 50, 73]
    assert [in_hundred(share, 5) for share in (0.6, 0.624, 0.625, 0.666)] == [60, 60, 65, 65]


# Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289-300, section 4.1; at 5 % four.
CHANCES = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1,
]


def test_discoveries_agree_with_the_published_example() -> None:
    assert discoveries(CHANCES, 0.05) == (True,) * 4 + (False,) * 11
    assert discoveries(CHANCES[::-1], 0.05) == (False,) * 11 + (True,) * 4
    assert discoveries([], 0.05) == ()
    assert discoveries([0.2, 0.9], 0.1) == (False, False)


def test_one_that_is_larger_is_believed_with_those_that_carry_it() -> None:
    """Step up: 0.09 alone is beyond its own limit, and within that of the last."""
    assert discoveries([0.04, 0.09, 0.095], 0.1) == (True, True, True)


@given(st.integers(10, 2000), st.integers(10, 2000), st.data())
def test_chance_and_interval_never_contradict_each_other(trials: int, others: int, data: st.DataObject) -> None:
    first, second = data.draw(st.integers(0, trials)), data.draw(st.integers(0, others))
    chance, interval = chance_of_difference(first, trials, second, others), newcombe(first, trials, second, others)
    assert 0 <= chance <= 1
    if abs(chance - 0.05) > 1e-6:
        assert (chance < 0.05) == (not interval.low <= 0 <= interval.high)
    assert chance == pytest.approx(chance_of_difference(second, others, first, trials), abs=1e-9)
