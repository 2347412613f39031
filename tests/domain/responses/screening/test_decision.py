from datetime import date, timedelta

import pytest

from app.domain.problem import Problem
from app.domain.responses.screening.decision import decide_before, last_found, read_reason

MONDAY = date(2026, 11, 30)


def test_a_week_is_decidable_for_three_weeks_after_it() -> None:
    assert decide_before(MONDAY) == MONDAY + timedelta(weeks=4)
    weeks = [MONDAY + timedelta(weeks=week) for week in range(6)]
    assert [week < decide_before(MONDAY) for week in weeks] == [last_found(week) <= MONDAY for week in weeks]


def test_a_reason_is_kept_without_its_line_breaks() -> None:
    assert read_reason("  They filled it in\n together. ") == "They filled it in together."


@pytest.mark.parametrize("text", ["", "because", " a " * 3, "x" * 501])
def test_a_reason_has_ten_to_five_hundred_letters(text: str) -> None:
    with pytest.raises(Problem, match="10 to 500 letters"):
        read_reason(text)
