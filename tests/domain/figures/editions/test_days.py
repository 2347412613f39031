from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.figures.editions.days import day_to_make, day_to_show, newest_run, shown_at
from app.domain.weeks import IST, WEEK

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("at", "make", "show"),
    [
        ((30, 9, 59, 59), MONDAY - WEEK, MONDAY - WEEK),
        ((30, 10, 0, 0), MONDAY, MONDAY - WEEK),
        ((30, 10, 59, 59), MONDAY, MONDAY - WEEK),
        ((30, 11, 0, 0), MONDAY, MONDAY),
        ((29, 23, 59, 59), MONDAY - WEEK, MONDAY - WEEK),
    ],
)
def test_made_from_ten_and_shown_from_eleven(at: tuple[int, int, int, int], make: date, show: date) -> None:
    day, hour, minute, second = at
    moment = datetime(2026, 11, day, hour, minute, second, tzinfo=IST)
    for same in (moment, moment.astimezone(UTC)):
        assert (day_to_make(same), day_to_show(same)) == (make, show)


def test_on_any_other_day_the_last_monday_is_the_newest() -> None:
    for days in range(1, 7):
        moment = shown_at(MONDAY) + timedelta(days=days)
        assert day_to_make(moment) == day_to_show(moment) == MONDAY


def test_thirteen_weeks_and_further_back_until_thirty_answers_and_never_more_than_a_year() -> None:
    """The newest settled week is the one that ended a week before."""
    settled = MONDAY - 2 * WEEK
    weekly = [(settled - at * WEEK, 10) for at in reversed(range(60))]
    assert newest_run(weekly, MONDAY) == 13
    rare = [(settled - at * WEEK, 10) for at in (60, 51, 30, 2)]
    assert newest_run(rare, MONDAY) == 3
    assert newest_run(rare[:1], MONDAY) == 0
    assert newest_run([(settled - 20 * WEEK, 12), (settled - 13 * WEEK, 18), (settled, 12)], MONDAY) == 2
    assert newest_run([], MONDAY) == 0
