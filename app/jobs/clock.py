"""Both clocks of the machine that the jobs run on, and whether the jobs may go by them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from flask import current_app

from app.domain.clocks import Clock, ClockReading
from app.services.installation.clocks import doubt_of, look, read_clock
from app.transaction import reading, transaction

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def read_clocks() -> ClockReading:
    """The time that is set, and how long the machine has run, asleep or not."""
    return ClockReading(datetime.now(UTC), _boot(), timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME)))


def present_reading() -> ClockReading:
    """The clocks of this application. Tests move them by config CLOCKS, a function without arguments."""
    clocks: Callable[[], ClockReading] = current_app.config.get("CLOCKS", read_clocks)
    return clocks()


def look_at_clock() -> Clock:
    """The clock, for a job that does what cannot be taken back; what it shows is remembered."""
    with transaction() as session:
        return look(session, present_reading())


def ask_clock() -> Clock:
    """The same without taking the write lock, unless there is a doubt to be remembered."""
    with reading() as session:
        clock = read_clock(session, present_reading())
    return look_at_clock() if clock.is_doubted else clock


def believed_now() -> datetime:
    """The time, for what cannot be taken back. Problem `clock.doubted`."""
    clock = ask_clock()
    if clock.is_doubted:
        raise doubt_of(clock)
    return clock.now


@cache
def _boot() -> str:
    """A name that changes with each start of the machine; where there is none, with each start of the process."""
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return uuid4().hex
