"""One worker at a time for jobs that read, compute and write back."""

from enum import IntEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session


class Job(IntEnum):
    """The number each job locks on PostgreSQL; any will do, as long as they differ."""

    FOLD = 73_001
    PUBLISH = 73_002


def hold(session: Session, job: Job) -> None:
    """Wait until no other transaction does this job; let go at the end of this one.

    SQLite needs nothing: its write transactions exclude each other from their first statement.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(job.value)))
