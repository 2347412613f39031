from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from app.domain.figures.firmness.turning import Turning, turning

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("good", "people", "line", "expected"),
    [
        (37, 60, HALF, Turning(14, 14)),
        (20, 60, HALF, Turning(20, 20)),
        (36, 60, Fraction(55, 100), Turning(7, 6)),
        (30, 60, HALF, None),
    ],
)
def test_known_numbers(good: int, people: int, line: Fraction, expected: Turning | None) -> None:
    assert turning(Fraction(good, people), people, line) == expected


@given(people=integers(30, 900), good=integers(0, 900), line=integers(1, 99))
def test_so_many_turn_it_and_one_fewer_does_not(people: int, good: int, line: int) -> None:
    good, limit = min(good, people), Fraction(line, 100)
    found = turning(Fraction(good, people), people, limit)
    if found is None:
        assert Fraction(good, people) == limit
        return
    above = Fraction(good, people) > limit

    def is_turned(number: Fraction, of: int) -> bool:
        return number <= limit * of if above else number >= limit * of

    taken = -1 if above else 0
    for fewer, turned in ((0, True), (1, False)):
        made_up, kept_away = found.made_up - fewer, found.kept_away - fewer
        # What was made up stood on the side that is shown; what was kept away stands on the other.
        assert is_turned(Fraction(good + taken * made_up), people - made_up) is turned
        assert is_turned(Fraction(good + (0 if above else kept_away)), people + kept_away) is turned
    assert found.fewest == min(found.made_up, found.kept_away)
