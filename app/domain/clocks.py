"""Clocks: how far two may differ, and when a machine's own is not believed.

A clock can jump: by a dead battery, a wrong time server, a hand. What follows from the time and cannot be taken back
waits until the clock has held for a while. Beside the clock that is set there is one that only runs, from the start
of the machine on, and nobody can set it: by the two together a jump is seen at once while the machine runs, and after
a new start by how much time has passed since it was last looked at.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: clocks of two machines that work together may differ by this much; what lies further ahead, a wrong clock wrote
CLOCKS_APART = timedelta(seconds=5)
#: what a time server puts right in one step, and nobody has to know of
SET_RIGHT = timedelta(minutes=10)
#: how long everything may have stood still, a machine switched off for a long weekend
STOOD_STILL = timedelta(days=3)
#: how long a clock that has jumped has to go on evenly until it is believed
HELD_FOR = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Both clocks at one moment: the time that is set, and how long the machine has run since its start, `boot`."""

    at: datetime
    boot: str
    ran: timedelta

    def jump_since(self, earlier: "ClockReading") -> timedelta | None:
        """By how much the set clock has moved on more than time has passed; None after a new start of the machine."""
        if self.boot != earlier.boot:
            return None
        return (self.at - earlier.at) - (self.ran - earlier.ran)

    def follows(self, earlier: "ClockReading") -> bool:
        """Whether this is a time that can be believed after that one was."""
        jump = self.jump_since(earlier)
        if jump is None:
            return -SET_RIGHT <= self.at - earlier.at <= STOOD_STILL
        return abs(jump) <= SET_RIGHT


@dataclass(frozen=True, slots=True)
class ClockMemory:
    """What is remembered: the last time that was believed, and since when another is shown that is not."""

    believed: ClockReading
    doubted: ClockReading | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """What a job may go by: `now` as the clock shows it, and whether that is believed."""

    now: datetime
    #: what the clock would show without the jump; None if it is believed, or nobody can tell
    steady_now: datetime | None = None
    #: since when it is not believed, as the doubted clock shows it
    doubted_since_at: datetime | None = None
    #: how long it still has to hold
    believed_in: timedelta = timedelta()

    @property
    def is_doubted(self) -> bool:
        return self.doubted_since_at is not None

    @property
    def surely_past(self) -> datetime | None:
        """What lies before this lies in the past by every clock; None if nobody can tell."""
        if not self.is_doubted:
            return self.now
        return None if self.steady_now is None else min(self.now, self.steady_now)


def look_at_clock(memory: ClockMemory | None, reading: ClockReading) -> tuple[ClockMemory, Clock]:
    """Whether the clock is believed, and what to remember of it.

    The first reading ever is: there is nothing that speaks against it. One that was set right again is, at once.
    """
    if memory is None or reading.follows(memory.believed):
        return ClockMemory(reading), Clock(reading.at)
    doubted = memory.doubted
    # It has jumped once more, or the machine was started anew: the hours begin again.
    if doubted is None or reading.boot != doubted.boot or not reading.follows(doubted):
        doubted = reading
    held = reading.ran - doubted.ran
    if held >= HELD_FOR:
        return ClockMemory(reading), Clock(reading.at)
    jump = reading.jump_since(memory.believed)
    steady_now = None if jump is None else reading.at - jump
    return replace(memory, doubted=doubted), Clock(reading.at, steady_now, doubted.at, HELD_FOR - held)
