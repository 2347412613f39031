"""Which months a job can be about, and on which Monday the timetable asks."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.installation.job import (
    MONTH_NOT_OVER,
    JobState,
    months_over,
    newest_due,
    read_month,
)
from app.domain.problem import Problem
from app.domain.weeks import IST, WEEK, last_day_of_month, last_settled_week, month_before, month_label, month_of

TODAY = date(2026, 11, 30)
DAYS = st.dates(date(1950, 1, 1), date(2950, 12, 31))


def test_a_month_is_read_once_its_last_week_has_settled() -> None:
    assert read_month("2026-10", TODAY) == read_month("2026-10", date(2026, 11, 9)) == date(2026, 10, 1)
    with pytest.raises(Problem):
        read_month("2026-10", date(2026, 11, 8))


@pytest.mark.parametrize(
    "text", ["2026-11", "2026-12", "2027-01", "2026-13", "2026-1", "0001-01", "October", "", "२०२६-१०"]
)
def test_any_other_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        read_month(text, TODAY)
    assert refused.value.type is MONTH_NOT_OVER


def test_the_twelve_newest_that_have_settled_can_be_chosen() -> None:
    labels = [month_label(one) for one in months_over(TODAY)]
    assert (labels[0], labels[-1], len(labels)) == ("2026-10", "2025-11", 12)


@given(DAYS)
def test_a_month_ends_before_the_next_one_begins(day: date) -> None:
    first = day.replace(day=1)
    assert (last_day_of_month(first) + timedelta(days=1)).day == 1
    assert month_before(last_day_of_month(first) + timedelta(days=1)) == first


@given(DAYS)
def test_a_month_is_due_once_all_its_weeks_have_settled(day: date) -> None:
    """Seven days after its last week has ended, which may end in the next month."""
    monday = day - timedelta(days=day.weekday())
    due_on, month = newest_due(monday)
    assert due_on.weekday() == 0
    assert timedelta() <= monday - due_on <= timedelta(weeks=4)
    assert month_before(due_on) == month
    settled = last_settled_week(datetime(due_on.year, due_on.month, due_on.day, 11, tzinfo=IST))
    assert month_of(settled) == (month.year, month.month)
    assert month_of(settled + WEEK) != month_of(settled)


def test_october_of_2026_is_due_on_the_ninth_of_november() -> None:
    assert newest_due(date(2026, 11, 9)) == (date(2026, 11, 9), date(2026, 10, 1))
    assert newest_due(date(2026, 11, 2)) == (date(2026, 10, 5), date(2026, 9, 1))


def test_what_waits_or_runs_is_not_over() -> None:
    assert [state for state in JobState if not state.is_over] == [JobState.WAITING, JobState.RUNNING]
