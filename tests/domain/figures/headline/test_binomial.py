from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from app.domain.figures.headline.binomial import at_most


@given(trials=integers(0, 60), number=integers(-1, 61), percent=integers(0, 100))
def test_it_is_the_sum_of_its_terms(trials: int, number: int, percent: int) -> None:
    chance = Fraction(percent, 100)
    terms = (comb(trials, at) * chance**at * (1 - chance) ** (trials - at) for at in range(min(number, trials) + 1))
    assert at_most(number, trials, percent / 100) == pytest.approx(float(sum(terms)), abs=1e-12)


@pytest.mark.parametrize(
    ("number", "trials", "chance", "expected"),
    [(140, 220, 0.75, 1.2e-4), (0, 40, 0.05, 0.95**40), (20, 20, 0.5, 1.0), (0, 0, 0.5, 1.0)],
)
def test_known_numbers(number: int, trials: int, chance: float, expected: float) -> None:
    assert at_most(number, trials, chance) == pytest.approx(expected, rel=0.02)


def test_of_a_million_cases_it_is_what_the_normal_distribution_says() -> None:
    # 250 cases are half of the standard deviation of 500.
    assert at_most(500_000, 1_000_000, 0.5) == pytest.approx(0.5, abs=5e-4)
    assert at_most(499_500, 1_000_000, 0.5) == pytest.approx(0.158655, abs=3e-4)
    assert at_most(500_500, 1_000_000, 0.5) == pytest.approx(0.841345, abs=3e-4)
    assert at_most(1_000, 1_000_000, 0.5) == 0
    assert at_most(999_000, 1_000_000, 0.5) == 1


@given(trials=integers(1, 1_000_000), number=integers(0, 1_000_000), percent=integers(1, 99))
def test_both_tails_make_all(trials: int, number: int, percent: int) -> None:
    number = min(number, trials - 1)
    above = at_most(trials - number - 1, trials, 1 - percent / 100)
    assert at_most(number, trials, percent / 100) + above == pytest.approx(1)
