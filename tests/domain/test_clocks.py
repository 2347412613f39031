"""A clock that jumps is not believed before it has held, unless it is set right again."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.clocks import HELD_FOR, SET_RIGHT, STOOD_STILL, ClockMemory, ClockReading, look_at_clock

START = ClockReading(datetime(2026, 11, 23, 6, tzinfo=UTC), "boot", timedelta(hours=5))
MONTH = timedelta(days=35)
MINUTE = timedelta(minutes=1)


def after(passed: timedelta, jump: timedelta = timedelta(), boot: str = "boot") -> ClockReading:
    """What both clocks show when some time has passed, and the set one has jumped besides."""
    return ClockReading(START.at + passed + jump, boot, START.ran + passed if boot == "boot" else passed)


def test_the_first_clock_is_believed_and_one_that_runs_on_too() -> None:
    memory, clock = look_at_clock(None, START)
    assert (memory, clock.is_doubted, clock.surely_past) == (ClockMemory(START), False, START.at)
    # However long the machine slept: the steady clock went on.
    for passed in (MINUTE, timedelta(days=90)):
        _, clock = look_at_clock(memory, after(passed, SET_RIGHT))
        assert not clock.is_doubted


@pytest.mark.parametrize("jump", [MONTH, -MONTH, timedelta(minutes=11), -timedelta(minutes=11)])
def test_a_jump_is_not_believed_until_it_has_held_for_hours(jump: timedelta) -> None:
    memory, clock = look_at_clock(ClockMemory(START), after(MINUTE, jump))
    assert clock.is_doubted
    assert (clock.doubted_since_at, clock.believed_in) == (START.at + MINUTE + jump, HELD_FOR)
    # What is past by both clocks is past: nothing is forgotten too early.
    assert clock.surely_past == START.at + MINUTE + min(jump, timedelta())
    memory, clock = look_at_clock(memory, after(HELD_FOR, jump))
    assert (clock.is_doubted, clock.believed_in) == (True, MINUTE)
    memory, clock = look_at_clock(memory, after(HELD_FOR + MINUTE, jump))
    assert not clock.is_doubted
    assert memory == ClockMemory(after(HELD_FOR + MINUTE, jump))


def test_a_clock_that_was_set_right_again_is_believed_at_once() -> None:
    memory, _ = look_at_clock(ClockMemory(START), after(MINUTE, MONTH))
    memory, clock = look_at_clock(memory, after(2 * MINUTE))
    assert (clock.is_doubted, memory.doubted) == (False, None)


def test_whoever_jumps_again_waits_again() -> None:
    memory, _ = look_at_clock(ClockMemory(START), after(MINUTE, MONTH))
    memory, clock = look_at_clock(memory, after(HELD_FOR, 2 * MONTH))
    assert clock.believed_in == HELD_FOR
    # So does who is started anew, since nobody knows for how long it stood.
    memory, clock = look_at_clock(memory, after(HELD_FOR, 2 * MONTH, boot="next"))
    assert (clock.believed_in, clock.surely_past) == (HELD_FOR, None)
    _, clock = look_at_clock(memory, after(2 * HELD_FOR, 2 * MONTH, boot="next"))
    assert not clock.is_doubted


@pytest.mark.parametrize(
    ("stood", "believed"),
    [
        (timedelta(), True),
        (STOOD_STILL, True),
        (-SET_RIGHT, True),
        (-timedelta(hours=1), False),
        (STOOD_STILL + MINUTE, False),
        (MONTH, False),
    ],
)
def test_after_a_new_start_a_weekend_is_believed_and_a_month_is_not(stood: timedelta, believed: bool) -> None:
    _, clock = look_at_clock(ClockMemory(START), after(stood, boot="next"))
    assert clock.is_doubted != believed
