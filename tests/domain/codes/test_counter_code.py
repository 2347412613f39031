"""Codes of counter screens: how long one opens, and what a screen needs for three days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.codes.counter_code import (
    AHEAD,
    code_at,
    head_of,
    is_fresh,
    mark_of_code,
    plan_pad,
    step_of,
    week_shown,
)

SHOWN = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)
STEP = step_of(SHOWN)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("opened_at", "fresh"),
    [
        (SHOWN, True),
        (SHOWN + timedelta(seconds=59), True),
        (SHOWN + timedelta(minutes=6) - SECOND, True),
        (SHOWN + timedelta(minutes=6), False),
        (SHOWN + timedelta(days=1), False),
        (SHOWN - AHEAD, True),
        (SHOWN - AHEAD - SECOND, False),
        (SHOWN - timedelta(hours=71), False),
    ],
)
def test_a_code_opens_while_it_is_shown_and_five_minutes_more(opened_at: datetime, fresh: bool) -> None:
    assert is_fresh(STEP, opened_at) is fresh


def test_a_pad_holds_three_days_and_the_minute_before() -> None:
    plan = plan_pad(None, SHOWN)
    assert (plan.first, plan.steps) == (STEP - 1, 72 * 60 + 2)


def test_a_screen_gets_only_what_it_lacks() -> None:
    held_until = plan_pad(None, SHOWN).first + plan_pad(None, SHOWN).steps - 1
    later = plan_pad(held_until, SHOWN + timedelta(hours=1))
    assert (later.first, later.steps) == (held_until + 1, 60)
    assert plan_pad(held_until, SHOWN).steps == 0


@pytest.mark.parametrize("held_until", [0, STEP - 3, STEP + 72 * 60 + 1, 2**40])
def test_what_a_screen_cannot_hold_is_not_believed(held_until: int) -> None:
    assert plan_pad(held_until, SHOWN) == plan_pad(None, SHOWN)


def test_every_code_of_a_screen_has_one_head_and_a_mark_of_its_own() -> None:
    code, other = code_at(3, 77, STEP), code_at(3, 77, STEP + 1)
    assert code.payload() == head_of(3, 77) + STEP.to_bytes(4)
    marks = [mark_of_code(b"one", code), mark_of_code(b"one", other), mark_of_code(b"other", code)]
    assert len(set(marks)) == 3
    assert mark_of_code(b"one", code_at(3, 78, STEP)) not in marks


def test_the_week_is_that_of_the_minute_in_india() -> None:
    sunday_evening = datetime(2026, 6, 14, 18, 29, tzinfo=UTC)
    assert week_shown(step_of(sunday_evening)) == date(2026, 6, 8)
    assert week_shown(step_of(sunday_evening) + 1) == date(2026, 6, 15)


def test_a_minute_that_no_calendar_has_breaks_nothing() -> None:
    assert not is_fresh(2**32 - 1, SHOWN)
    assert week_shown(2**32 - 1).year == 6053
