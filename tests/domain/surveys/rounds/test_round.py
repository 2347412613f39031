"""Rounds: their dates bind each other, and their state follows from dates and from what was kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.surveys.rounds.round import (
    MOST_DAYS,
    REASON_LENGTH,
    RoundDates,
    RoundState,
    RoundTimes,
    announcement,
    check_dates,
    check_reason,
    digest_of,
    first_results_day,
    is_announced_in_time,
    state_of,
)
from app.domain.weeks import IST
from tests.factories.surveys.rounds import DATES, FIRST, LAST, POLL, QUIZ, RESULTS

NOW = datetime(2026, 6, 5, 6, tzinfo=UTC)
ANNOUNCED = RoundTimes(announced_at=NOW)
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))


def code_of(first: date, last: date, results: date, now: datetime = NOW) -> tuple[str, object]:
    with pytest.raises(Problem) as refused:
        check_dates(first, last, results, now)
    return refused.value.code, refused.value.details["field"]


def test_it_is_open_from_midnight_to_midnight_in_india() -> None:
    assert DATES.opens_at == datetime(2026, 6, 9, tzinfo=IST)
    assert DATES.closes_at == datetime(2026, 6, 22, tzinfo=IST)
    assert (DATES.first_day, DATES.last_day) == (FIRST, LAST)
    assert DATES.taken_until == datetime(2026, 6, 29, 10, tzinfo=IST)
    assert DATES.shown_from == datetime(2026, 6, 29, 11, tzinfo=IST)


def test_each_date_is_bound_by_those_before() -> None:
    assert check_dates(FIRST, LAST, RESULTS, NOW) == DATES
    assert code_of(FIRST, FIRST - timedelta(days=1), RESULTS) == ("round.backwards", "last")
    assert code_of(FIRST, FIRST + timedelta(days=MOST_DAYS), RESULTS) == ("round.too_long", "last")
    assert code_of(FIRST, LAST, RESULTS + timedelta(days=1)) == ("round.results_day", "results")
    assert code_of(FIRST, LAST, RESULTS - timedelta(days=7)) == ("round.results_day", "results")
    assert check_dates(FIRST, LAST, RESULTS + timedelta(days=7), NOW)


def test_it_is_announced_a_whole_day_before_it_opens() -> None:
    latest = DATES.opens_at - timedelta(hours=24)
    assert is_announced_in_time(DATES, latest)
    assert not is_announced_in_time(DATES, latest + timedelta(seconds=1))
    assert code_of(FIRST, LAST, RESULTS, latest + timedelta(seconds=1)) == ("round.too_soon", "first")


def test_a_round_goes_over_the_end_of_a_year_and_its_results_come_on_a_holiday() -> None:
    """26 January 2026 is a Monday, and a holiday: results come all the same."""
    dates = check_dates(date(2025, 12, 20), date(2026, 1, 18), date(2026, 1, 26), datetime(2025, 12, 1, tzinfo=UTC))
    assert state_of(dates, ANNOUNCED, datetime(2026, 1, 1, tzinfo=UTC)) is RoundState.OPEN


@given(DAYS)
def test_results_come_on_the_first_monday_seven_days_after_it_closed(last: date) -> None:
    monday = first_results_day(last)
    closed = RoundDates.of_days(last, last, monday).closes_at
    assert monday.weekday() == 0
    assert timedelta(days=7) <= datetime(monday.year, monday.month, monday.day, tzinfo=IST) - closed
    assert monday - last < timedelta(days=15)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (DATES.opens_at - timedelta(seconds=1), RoundState.ANNOUNCED),
        (DATES.opens_at, RoundState.OPEN),
        (DATES.closes_at - timedelta(seconds=1), RoundState.OPEN),
        (DATES.closes_at, RoundState.COUNTING),
        (DATES.shown_from + timedelta(days=1), RoundState.COUNTING),
    ],
)
def test_the_state_follows_from_the_dates(now: datetime, state: RoundState) -> None:
    assert state_of(DATES, ANNOUNCED, now) is state


@given(st.integers(-10_000, 10_000))
def test_what_was_published_or_cancelled_stays_so_by_any_clock(hours: int) -> None:
    now = DATES.opens_at + timedelta(hours=hours)
    published = RoundTimes(NOW, None, DATES.shown_from)
    assert state_of(DATES, published, now) is RoundState.PUBLISHED
    assert state_of(DATES, RoundTimes(NOW, NOW), now) is RoundState.CANCELLED
    assert state_of(DATES, RoundTimes(None, NOW), now) is RoundState.WITHDRAWN
    assert state_of(DATES, RoundTimes(), now) is RoundState.PLANNED


def test_what_is_public_and_what_is_over() -> None:
    assert {state for state in RoundState if not state.is_public} == {RoundState.PLANNED, RoundState.WITHDRAWN}
    over = {RoundState.WITHDRAWN, RoundState.HELD, RoundState.PUBLISHED, RoundState.CANCELLED}
    assert {state for state in RoundState if state.is_over} == over


def test_the_announcement_of_a_quiz_says_nothing_of_what_is_right() -> None:
    told = announcement(7, "MP", "quiz", 1, QUIZ, DATES)
    other = QUIZ.from_json(QUIZ.canonical_json.replace('"key":"traffic"', '"key":"fraud"'))
    assert other.fingerprint != QUIZ.fingerprint
    assert announcement(7, "MP", "quiz", 1, other, DATES) == told
    assert len(digest_of(told)) == 64
    assert '"opens_at":"2026-06-09T00:00:00+05:30"' in announcement(1, "MP", "poll", 1, POLL, DATES)


def test_a_reason_is_given_in_each_language() -> None:
    assert check_reason({"hi": " भूल  हुई ", "en": "A mistake"}, ("hi", "en")) == {"hi": "भूल हुई", "en": "A mistake"}
    for wrong in ({"hi": "भूल"}, {"hi": "भूल", "en": " "}, {"hi": "भूल", "en": "x" * (REASON_LENGTH + 1)}):
        with pytest.raises(Problem) as refused:
            check_reason(wrong, ("hi", "en"))
        assert refused.value.code == "round.reason"
