"""Bars by week: as high as the counts, one piece upon the other, the week that is not over marked."""

from datetime import date, timedelta

from app.domain.codes.channel import Channel
from app.domain.figures.highlights.charts import WIDTH
from app.domain.figures.highlights.week_bars import WeekCounts, week_bars

WEEK = date(2026, 11, 2)
SEVEN = timedelta(days=7)


def test_pieces_are_as_high_as_their_counts_and_stand_upon_each_other() -> None:
    first = WeekCounts(WEEK, {Channel.SLIP: 30, Channel.POSTER: 10}, 10)
    second = WeekCounts(WEEK + SEVEN, {Channel.SLIP: 5}, 0)
    chart = week_bars([first, second], WEEK + SEVEN)
    assert chart is not None
    assert (chart.channels, chart.most) == ((Channel.POSTER, Channel.SLIP), 50)
    assert [(one.series, one.y, one.height) for one in chart.bars[0].pieces] == [(0, 80, 20), (1, 20, 60), (2, 0, 20)]
    assert [(one.series, one.y, one.height) for one in chart.bars[1].pieces] == [(1, 90, 10)]
    assert [bar.is_open for bar in chart.bars] == [False, True]


def test_a_year_stays_in_its_box_and_a_week_without_answers_is_a_gap() -> None:
    weeks = [WeekCounts(WEEK + n * SEVEN, {Channel.POSTER: n % 2}, 0) for n in range(53)]
    chart = week_bars(weeks, WEEK + 53 * SEVEN)
    assert chart is not None
    assert all(left.x + left.width < right.x for left, right in zip(chart.bars, chart.bars[1:], strict=False))
    assert chart.bars[-1].x + chart.bars[-1].width < WIDTH
    assert chart.bars[0].pieces == ()
    assert not any(bar.is_open for bar in chart.bars)


def test_nothing_is_no_chart() -> None:
    assert week_bars([], WEEK) is None
    assert week_bars([WeekCounts(WEEK, {}, 0)], WEEK) is None
