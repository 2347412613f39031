"""Which months a job can be about, and on which Monday the timetable asks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.installation.job import (
    MONTH_NOT_OVER,
    JobState,
    first_monday,
    last_day,
    month_before,
    month_label,
    months_over,
    plain_code,
    read_month,
)
from app.domain.problem import Problem

TODAY = date(2026, 11, 30)
DAYS = st.dates(date(1950, 1, 1), date(2950, 12, 31))


def test_a_month_that_is_over_is_read() -> None:
    assert read_month("2026-10", TODAY) == date(2026, 10, 1)
    assert read_month("2026-11", date(2026, 12, 1)) == date(2026, 11, 1)


@pytest.mark.parametrize(
    "text", ["2026-11", "2026-12", "2027-01", "2026-13", "2026-1", "0001-01", "October", "", "२०२६-१०"]
)
def test_any_other_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        read_month(text, TODAY)
    assert refused.value.type is MONTH_NOT_OVER


def test_the_twelve_months_before_this_one_can_be_chosen() -> None:
    labels = [month_label(one) for one in months_over(TODAY)]
    assert (labels[0], labels[-1], len(labels)) == ("2026-10", "2025-11", 12)


@given(DAYS)
def test_a_month_ends_before_the_next_one_begins(day: date) -> None:
    first = day.replace(day=1)
    assert (last_day(first) + timedelta(days=1)).day == 1
    assert month_before(last_day(first) + timedelta(days=1)) == first
    assert read_month(month_label(first), last_day(first) + timedelta(days=1)) == first


@given(DAYS)
def test_each_month_has_one_first_monday(day: date) -> None:
    monday = first_monday(day - timedelta(days=day.weekday()))
    assert (monday.weekday(), monday.day <= 7) == (0, True)
    assert timedelta() <= day - monday < timedelta(days=42)


def test_what_waits_or_runs_is_not_over() -> None:
    assert [state for state in JobState if not state.is_over] == [JobState.WAITING, JobState.RUNNING]


@pytest.mark.parametrize(
    ("code", "plain"),
    [("BPL-1", "BPL-1"), ("A/B 2", "A-B-2"), ("../../x", "x"), ("थाना", "place"), ("a\nb", "place")],
)
def test_a_code_in_the_name_of_a_file_leads_nowhere(code: str, plain: str) -> None:
    assert plain_code(code) == plain
