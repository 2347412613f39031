"""A line is off its course where its average lies further from the points before than chance takes it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import shown
from app.domain.figures.comparison import change_in
from app.domain.figures.disclosure import share_of, shown_base, were_chosen
from app.domain.figures.highlights.off_course import Side, off_course
from app.domain.figures.report import TrendPoint

FIRST = date(2026, 1, 5)


def line(counts: Sequence[int], people: int = 100) -> list[TrendPoint]:
    """A point a week, of so many people who found it good."""
    return [
        TrendPoint(
            week := FIRST + timedelta(weeks=at),
            week,
            shown_base(people, people),
            share_of(count, people, people, at_least=False),
        )
        for at, count in enumerate(counts)
    ]


def sides(counts: Sequence[int], people: int = 100) -> dict[int, Side]:
    """By the place of the point in the line."""
    return {(week - FIRST).days // 7: side for week, side in off_course(line(counts, people), Evidence.INVITED).items()}


def test_the_eighth_point_as_reckoned_by_hand() -> None:
    """Of 98 people at least: 0.3 × (logit 0.40 − logit 0.60) is −0.243, of which the standard error is 0.0774: 3.14 of
    them, beyond 3.09. At 45 in 100 it is −0.182, 2.35 of them.
    """
    assert sides([60] * 7 + [40]) == {7: Side.LOWER}
    assert sides([60] * 7 + [45]) == {}
    assert sides([40] * 7 + [60]) == {7: Side.HIGHER}


def test_a_small_change_that_lasts_is_seen_though_no_two_points_differ_by_more_than_chance() -> None:
    counts = [150] * 8 + [130] * 4
    points = line(counts, 250)
    assert [point.share.percent for point in points[6:10]] == [60, 60, 52, 52]
    assert not any((change := change_in(points[:end])) and change.certain for end in range(2, 13))
    assert sides(counts, 250) == {11: Side.LOWER}


def test_what_is_said_of_a_point_does_not_hang_on_those_that_follow() -> None:
    counts = [60, 65, 55, 60, 60, 55, 65, 60, 40, 40, 75, 80]
    marked = sides(counts)
    assert marked
    for end in range(8, 12):
        assert sides(counts[:end]) == {at: side for at, side in marked.items() if at < end}


def test_nothing_is_said_before_the_eighth_point_nor_where_only_a_limit_is_told() -> None:
    assert sides([60] * 6 + [20]) == {}
    points = line([60] * 7 + [30])
    assert off_course([replace(points[0], share=shown.below(40, at_least=False)), *points[1:]], Evidence.SAMPLED) == {}


@pytest.mark.parametrize("evidence", Evidence)
def test_only_of_answers_that_may_be_called_the_places_own(evidence: Evidence) -> None:
    assert bool(off_course(line([60] * 7 + [30]), evidence)) is were_chosen(evidence)


@pytest.mark.parametrize(("people", "share"), [(100, 0.7), (220, 0.6)])
def test_chance_alone_seldom_marks_a_point(people: int, share: float) -> None:
    """Two points of 1,000 by the limits, a few more by the steps that shares are told in."""
    chance = Random(5)  # noqa: S311
    lines = [[sum(chance.random() < share for _ in range(people)) for _ in range(12)] for _ in range(400)]
    found = [len(sides(counts, people)) for counts in lines]
    assert sum(found) <= 0.005 * 5 * len(lines)
    assert sum(map(bool, found)) <= 0.02 * len(lines)
