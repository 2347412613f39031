from random import Random

import pytest

from app.domain.figures import shown
from app.domain.figures.middle import middle_of
from app.domain.figures.report import Share

BELOW, ABOVE = shown.below(35, at_least=True), shown.above(65, at_least=True)


def points(*percents: int) -> list[Share]:
    return [shown.about(percent, percent - 10, percent + 10, at_least=True) for percent in percents]


@pytest.mark.parametrize(
    ("percents", "middle"),
    [((60, 20, 65, 55, 100), 60), ((40, 42, 44, 46, 48), 45), ((50, 50, 50, 60, 60, 60), 55), ((30, 40, 50, 60), None)],
)
def test_it_is_the_middle_one_of_five_points_or_more_in_steps_of_five(percents: tuple[int, ...], middle: int) -> None:
    assert middle_of(points(*percents)) == middle
    assert middle_of(Random(1).sample(points(*percents), len(percents))) == middle  # noqa: S311


def test_one_loud_point_of_seven_moves_it_by_a_place() -> None:
    usual = points(50, 55, 60, 60, 65, 70)
    assert middle_of([*usual, *points(5)]) == 60
    assert middle_of([*usual, *points(95)]) == 60


def test_points_told_as_limits_lie_at_the_ends() -> None:
    assert middle_of([BELOW, BELOW, ABOVE, *points(40, 50)]) == 40
    assert middle_of([BELOW, BELOW, BELOW, *points(40, 50)]) is None
    assert middle_of([BELOW, BELOW, ABOVE, ABOVE, *points(40, 60)]) == 50


def test_of_a_withheld_point_nothing_is_said() -> None:
    assert middle_of([shown.withheld(at_least=True), *points(40, 50, 60, 70, 80)]) is None
