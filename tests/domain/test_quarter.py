from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.quarter import quarter_label, quarter_of, read_quarter


def test_quarters() -> None:
    assert [quarter_label(quarter_of(date(2026, month, 9))) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
    assert read_quarter("2026-q3") == date(2026, 7, 1)
    assert read_quarter("2026-Q5") is read_quarter("") is read_quarter("Q3") is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_quarter_is_read_as_it_is_written(day: date) -> None:
    first = quarter_of(day)
    assert read_quarter(quarter_label(first)) == first <= day
    assert (day - first).days < 92
