"""Weeks: Mondays in Indian time, months by their Thursdays, and when a week may be published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.weeks import (
    Weeks,
    iso_label,
    last_settled_week,
    month_of,
    week_of,
    weeks_apart,
    weeks_from,
    weeks_of_month,
)

MONDAY = date(2026, 11, 23)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_a_week_begins_when_monday_begins_in_india() -> None:
    assert week_of(datetime(2026, 11, 22, 18, 29, tzinfo=UTC)) == date(2026, 11, 16)
    assert week_of(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)) == MONDAY


def test_a_week_settles_seven_days_after_it_ended() -> None:
    assert last_settled_week(datetime(2026, 11, 22, 18, 29, tzinfo=UTC)) == date(2026, 11, 2)
    assert last_settled_week(datetime(2026, 11, 22, 18, 30, tzinfo=UTC)) == date(2026, 11, 9)


def test_a_month_is_the_weeks_whose_thursday_lies_in_it() -> None:
    assert weeks_of_month(2026, 10) == tuple(date(2026, 9, 28) + timedelta(days=7 * at) for at in range(5))
    assert month_of(date(2026, 9, 28)) == (2026, 10)
    assert month_of(date(2025, 12, 29)) == (2026, 1)


@given(days)
def test_every_week_has_one_month_and_every_month_its_weeks(day: date) -> None:
    week = week_of(day)
    assert week.weekday() == 0
    assert week in weeks_of_month(*month_of(week))
    assert date.fromisoformat(iso_label(week)) == week


def test_runs_of_weeks() -> None:
    run = Weeks.parse_month("2026-10")
    assert run == Weeks(date(2026, 9, 28), date(2026, 10, 26))
    assert len(list(weeks_from(run.first, run.last))) == 5
    assert weeks_apart(run.first, run.last) == 4
    assert date(2026, 10, 5) in run
    assert date(2026, 11, 2) not in run


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-W48",
        "2026-W40..2026-W44",
        "२०२६-10",
        "9999-12",
        "0001-01",
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Weeks.parse_month(text)
