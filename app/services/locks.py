"""One at a time for what reads, decides and writes: jobs, and two senders of one thing."""

import hashlib
from enum import IntEnum, unique

from sqlalchemy import func, select
from sqlalchemy.orm import Session


@unique
class Job(IntEnum):
    """What is done by one at a time, and the number it locks on PostgreSQL; any will do, as long as they differ."""

    FOLD = 73_001
    PUBLISH = 73_002
    ISSUE = 73_004
    #: rewriting responses; shared by whoever adds a row that refers to one that was there before
    SHUFFLE = 73_005
    REBUILD = 73_006
    EDITIONS = 73_007
    REPORTS = 73_008
    FILL_IN = 73_009
    RECORD = 73_010
    SEAL = 73_011
    POLICY = 73_012
    QUIET = 73_013
    #: publishing a round, or cancelling it; shared by whoever stores answers on its last morning
    ROUNDS = 73_014


def hold(session: Session, job: Job) -> None:
    """Wait until no other transaction does this job; let go at the end of this one.

    SQLite needs nothing: its write transactions exclude each other from their first statement.
    """
    _hold(session, job.value)


def share(session: Session, job: Job) -> None:
    """Wait until no other transaction does this job, and keep it from being done until the end of this one.

    Any number share it. It comes before the first statement that must not see the job half done.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock_shared(job.value)))


def hold_for(session: Session, subject: bytes) -> None:
    """The same for everybody who looks for this subject before writing about it."""
    _hold(session, int.from_bytes(hashlib.sha256(subject).digest()[:8], signed=True))


def _hold(session: Session, number: int) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(number)))
