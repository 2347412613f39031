"""Times that can be chosen: whole, over, and none that overlaps another in part."""

from datetime import date

from app.domain.figures.editions.times import is_of_past_quarters, is_over
from app.domain.weeks import Weeks

#: its last week is that of Monday, 26 October
OCTOBER = Weeks.parse_month("2026-10")


def test_a_month_is_told_when_its_last_week_has_settled() -> None:
    assert not is_over(OCTOBER, date(2026, 11, 8))
    assert is_over(OCTOBER, date(2026, 11, 9))


def test_everything_so_far_ends_with_a_quarter_that_has_settled() -> None:
    last, first = date(2026, 9, 21), date(2026, 9, 28)
    assert not is_of_past_quarters(last, date(2026, 10, 4))
    assert is_of_past_quarters(last, date(2026, 10, 5))
    assert not is_of_past_quarters(first, date(2027, 1, 10))
    assert is_of_past_quarters(first, date(2027, 1, 11))


def test_a_week_belongs_to_the_quarter_of_its_thursday_as_to_its_month() -> None:
    """Otherwise a month could lie in two quarters, and the difference would be a week."""
    new_year = date(2026, 12, 28)
    assert new_year in Weeks.parse_month("2026-12")
    assert is_of_past_quarters(new_year, date(2027, 1, 11))
