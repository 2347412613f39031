"""What an installation tells of itself to whoever watches it, and how finely.

At a small department a count that moves by one at 14:03 is the time of an answer, and what is watched is kept for
long. So whatever moves with answers is told in steps of ten, and no label names a place, a code, an account or a week.
"""

from enum import StrEnum

#: how many answers have to come before any count that moves with them moves
STEP = 10
#: seconds; what holds the write lock for longer keeps citizens waiting
LONG_HOLD_S = 1.0
#: upper ends in seconds of how long a page took to begin, and of how long a lock was waited for or held
REQUEST_BOUNDS_S = (0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
LOCK_BOUNDS_S = (0.01, 0.1, 0.3, LONG_HOLD_S, 3.0, 10.0)


class Work(StrEnum):
    """On whose behalf the database is written to. Jobs are called as in the timetable of the worker."""

    REQUEST = "request"
    COMMAND = "command"
    FOLD = "fold"
    FORGET = "forget"
    PUBLISH = "publish"
    EDITIONS = "editions"
    ROUNDS = "rounds"
    RECORD = "record"
    REPORTS = "reports"
    CHECK = "check"
    SHUFFLE = "shuffle"
    SEAL = "seal"

    @classmethod
    def of(cls, job: str) -> "Work":
        """The work of this job; one that nobody has given a name here counts as a command."""
        return cls(job) if job in set(cls) else cls.COMMAND


def in_tens(count: int) -> int:
    """As much of a count as may be told: whole steps."""
    return count - count % STEP


def up_to(bounds: tuple[float, ...], seconds: float) -> float:
    """The smallest bound that holds; infinity above the last."""
    return next((bound for bound in bounds if seconds <= bound), float("inf"))
