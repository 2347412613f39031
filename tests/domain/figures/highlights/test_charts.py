"""The shapes of charts say what the figures say, and nothing that they do not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.codes.channel import Evidence
from app.domain.figures import disclosure, shown
from app.domain.figures.highlights.charts import WIDTH, funnel_charts, line_of, off_course_of, steps_of
from app.domain.figures.highlights.funnel import groups_of
from app.domain.figures.highlights.off_course import Side
from app.domain.figures.report import CellFigure, Label
from app.domain.places.place import PlaceGroup
from tests.domain.figures.highlights.test_funnel import place
from tests.domain.figures.highlights.test_off_course import line
from tests.factories.figures.reports import make_trend


def test_every_point_stands_at_its_share_inside_its_band() -> None:
    trend = make_trend(6)
    line = line_of(trend, Evidence.OPEN)
    assert [100 - mark.y for mark in line.marks] == [point.share.percent for point in trend.points]
    assert not any(mark.is_open for mark in line.marks)
    assert line.line == " ".join(f"{mark.x:g},{mark.y:g}" for mark in line.marks)
    upper = [float(pair.split(",")[1]) for pair in line.band.split()[:6]]
    lower = [float(pair.split(",")[1]) for pair in line.band.split()[6:]][::-1]
    assert upper == [100 - (point.share.high or 0) for point in trend.points]
    assert lower == [100 - (point.share.low or 0) for point in trend.points]


def test_time_is_told_as_it_passed() -> None:
    """Two weeks are half as wide as four, so that a gap looks like one."""
    trend = make_trend(3)
    first, second, third = trend.points
    later = replace(third, last_week=second.last_week + timedelta(weeks=6))
    marks = line_of(replace(trend, points=(first, second, later)), Evidence.OPEN).marks
    assert marks[2].x - marks[1].x == pytest.approx(2 * (marks[1].x - marks[0].x), abs=0.2)
    assert 0 < marks[0].x < marks[2].x < WIDTH


def test_the_newest_points_alone() -> None:
    trend = make_trend(20)
    assert len(line_of(trend, Evidence.OPEN).marks) == 12
    assert line_of(trend, Evidence.OPEN) == line_of(replace(trend, points=trend.points[-12:]), Evidence.OPEN)


def test_a_limit_is_an_open_mark_at_the_limit() -> None:
    trend = make_trend(2)
    above = replace(trend.points[1], share=shown.above(80, at_least=True))
    below = replace(trend.points[0], share=shown.below(20, at_least=True))
    low, high = line_of(replace(trend, points=(below, above)), Evidence.OPEN).marks
    assert (low.y, low.is_open, high.y, high.is_open) == (80, True, 20, True)


def test_a_point_off_its_course_has_a_mark_of_its_own() -> None:
    points = line([60] * 7 + [30])
    trend = replace(make_trend(8), points=tuple(points))
    assert [mark.is_off for mark in line_of(trend, Evidence.INVITED).marks] == [*[False] * 7, True]
    assert off_course_of(trend, Evidence.INVITED) == {points[7].last_week: Side.LOWER}
    assert not any(mark.is_off for mark in line_of(trend, Evidence.OPEN).marks)
    # Of what the line shows and nothing else: what lies before its first point moves no mark.
    longer = replace(trend, points=(*line([30] * 12), *make_trend(4).points, *points))
    assert off_course_of(longer, Evidence.INVITED) == off_course_of(
        replace(longer, points=longer.points[-12:]), Evidence.INVITED
    )


def test_steps_fill_the_bar_and_are_left_out_where_one_is_not_told() -> None:
    shares, _ = disclosure.partition_shares([60, 50, 40, 30, 20], 200, 200, at_least=True)
    cells = [CellFigure(str(at), Label(texts={"en": "a"}), share) for at, share in enumerate(shares)]
    steps = steps_of(cells)
    assert [step.name for step in steps] == ["0", "1", "2", "3", "4"]
    assert steps[0].start == 0
    assert abs(steps[-1].start + steps[-1].width - 100) < 0.1
    assert steps_of([]) == ()
    assert steps_of([*cells[:4], replace(cells[4], share=shown.below(5, at_least=True))]) == ()


def test_a_funnel_has_its_places_where_their_figures_are() -> None:
    places = [place(at, 30 + at, 60 + 20 * at) for at in range(10)] + [place(10, 4, 8)]
    (group,) = groups_of(places)
    (chart,) = funnel_charts([group])
    assert chart is not None
    assert group.funnel is not None
    told = [(placed.place.share.percent, placed.beside) for placed in group.places[:10] if placed.place.share]
    assert [(100 - y, beside) for _, y, beside in chart.marks] == told
    across = [x for x, _, _ in chart.marks]
    assert across == sorted(across)
    assert (chart.most, chart.middle) == (238, round(100 - group.funnel.share, 1))
    dark, pale = ([float(pair.split(",")[1]) for pair in band.split()] for band in chart.bands)
    assert min(pale) < min(dark) < max(dark) < max(pale)


def test_funnels_of_several_groups_have_one_right_end() -> None:
    rural = [place(at, 60, 100, PlaceGroup.RURAL) for at in range(8)]
    city = [place(at, 150, 300, PlaceGroup.CITY) for at in range(10, 18)]
    small = [place(at, 450, 900, PlaceGroup.TOWN) for at in range(20, 23)]
    charts = funnel_charts(groups_of([*rural, *small, *city]))
    assert [chart and chart.most for chart in charts] == [298, None, 298]
    assert [chart and max(x for x, _, _ in chart.marks) < 200 for chart in charts] == [True, None, False]
    assert funnel_charts([]) == ()
