"""How many declined, by week."""

from datetime import date

import pytest

from app.domain.devices.refusals import FIRST_WEEK, LAST_WEEK, MOST_REFUSALS, Contacts, read_refusals
from app.domain.problem import Problem


def test_weeks_are_named_by_their_monday_whatever_the_clock_says() -> None:
    told = {"2026-11-25": 3, "2026-11-16": 1, "1970-01-01": 2, "9999-12-31": 4}
    week = date(2026, 11, 23)
    assert read_refusals(told) == {week: 3, date(2026, 11, 16): 1, FIRST_WEEK: 2, LAST_WEEK: 4}
    assert read_refusals({"2026-11-24": 3, "2026-11-25": 2}) == {week: 3}
    assert FIRST_WEEK.weekday() == LAST_WEEK.weekday() == 0


@pytest.mark.parametrize(
    "told",
    [
        {"2026-11-23": -1},
        {"2026-11-23": MOST_REFUSALS + 1},
        {"monday": 1},
        {"": 1},
        {"2026-02-30": 1},
        {f"20{year}-01-05": 1 for year in range(20, 90)},
    ],
)
def test_what_is_no_total_by_week_is_refused(told: dict[str, int]) -> None:
    with pytest.raises(Problem) as caught:
        read_refusals(told)
    assert caught.value.code == "device.refusals"
    assert caught.value.sentence()


@pytest.mark.parametrize(("answered", "refused", "rate"), [(5, 4, None), (7, 3, 70), (0, 10, 0), (10, 0, 100)])
def test_a_rate_needs_ten_contacts(answered: int, refused: int, rate: int | None) -> None:
    assert Contacts(answered, refused).in_100 == rate
