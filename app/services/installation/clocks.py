"""The clock as the jobs last believed it, and when each job last came to its end.

Whoever only asks (a check of the installation, a page for the machine that watches) reads; a job that is about to do
what cannot be taken back looks, which also remembers.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.clocks import Clock, ClockMemory, ClockReading, look_at_clock
from app.domain.problem import Problem, ProblemType
from app.models import ClockNote, JobRun

CLOCK_DOUBTED = ProblemType(
    "clock.doubted",
    409,
    "The clock of this machine has jumped: it shows %(shows)s. Nothing is published by it before it has gone on evenly"
    " for %(hours)s hours. If it is right, say so: samvad worker --clock-is-right",
)

_MILLISECOND = timedelta(milliseconds=1)


def look(session: Session, reading: ClockReading) -> Clock:
    """Whether the clock is believed, by all that was remembered; and remember this reading."""
    note = session.get(ClockNote, 1, with_for_update=True, populate_existing=True)
    memory, clock = look_at_clock(_memory_of(note), reading)
    _remember(session, note, memory)
    return clock


def read_clock(session: Session, reading: ClockReading) -> Clock:
    """Whether the clock is believed. Nothing is remembered of it."""
    return look_at_clock(_memory_of(session.get(ClockNote, 1)), reading)[1]


def believe(session: Session, reading: ClockReading) -> None:
    """A person says that the clock is right."""
    note = session.get(ClockNote, 1, with_for_update=True, populate_existing=True)
    _remember(session, note, ClockMemory(reading))


def doubt_of(clock: Clock) -> Problem:
    """What to tell of a clock that is not believed: what it shows, and how long it still has to hold."""
    hours = max(1, -(-clock.believed_in // timedelta(hours=1)))
    return Problem(CLOCK_DOUBTED, shows=f"{clock.now:%Y-%m-%d %H:%M} UTC", hours=hours)


def note_run(session: Session, job: str, at: datetime) -> None:
    """Remember that a job has come to its end."""
    session.merge(JobRun(job=job, ended_at=at))


def last_runs(session: Session) -> dict[str, datetime]:
    """When each job last came to its end, by its name; one that never has is not among them."""
    return {run.job: run.ended_at for run in session.scalars(select(JobRun))}


def _memory_of(note: ClockNote | None) -> ClockMemory | None:
    if note is None:
        return None
    believed = ClockReading(note.believed_at, note.believed_boot, note.believed_ran_ms * _MILLISECOND)
    if note.doubted_at is None or note.doubted_boot is None or note.doubted_ran_ms is None:
        return ClockMemory(believed)
    return ClockMemory(believed, ClockReading(note.doubted_at, note.doubted_boot, note.doubted_ran_ms * _MILLISECOND))


def _remember(session: Session, note: ClockNote | None, memory: ClockMemory) -> None:
    if note is None:
        note = ClockNote(id=1)
        session.add(note)
    believed, doubted = memory.believed, memory.doubted
    note.believed_at, note.believed_boot = believed.at, believed.boot
    note.believed_ran_ms = believed.ran // _MILLISECOND
    note.doubted_at = doubted.at if doubted else None
    note.doubted_boot = doubted.boot if doubted else None
    note.doubted_ran_ms = doubted.ran // _MILLISECOND if doubted else None
