"""What can be measured of an installation, nothing finer than `domain/installation/watching` says it may be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from app.domain.installation.watching import in_tens
from app.domain.weeks import day_of
from app.models import Arrival, SealingKey, SigningKey, TallyMark
from app.services.installation.clocks import last_runs

#: what was promised to citizens
PROMISE = timedelta(hours=72)
#: the size of a database is told in steps of many answers
SIZE_STEP = 2**24
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class State:
    """Of the database alone. `marks_waiting` is in steps of ten."""

    marks_waiting: int
    #: since when they may have been waiting; nothing while fewer than ten do
    queue_age: timedelta
    last_runs: dict[str, datetime]
    overdue: timedelta
    database_bytes: int
    #: of the newest key of each purpose
    key_age_days: dict[str, int]


def read_state(connection: Connection, now: datetime) -> State:
    with Session(connection) as session:
        runs = last_runs(session)
        waiting = in_tens(session.scalar(select(func.count()).select_from(TallyMark)) or 0)
        folded_at = runs.get("fold")
        return State(
            marks_waiting=waiting,
            queue_age=max(now - folded_at, timedelta()) if waiting and folded_at else timedelta(),
            last_runs=runs,
            overdue=overdue_by(session, now),
            database_bytes=_size(session),
            key_age_days=_key_ages(session, now),
        )


def overdue_by(session: Session, now: datetime) -> timedelta:
    """By how much the oldest arrival is older than was promised, in whole hours, rounded up; nothing if none is.

    How old the oldest is would be the time of an answer.
    """
    oldest = session.scalar(select(func.min(Arrival.arrived_at)))
    late = now - PROMISE - oldest if oldest else timedelta()
    return -(-late // _HOUR) * _HOUR if late > timedelta() else timedelta()


def _size(session: Session) -> int:
    if session.get_bind().dialect.name == "postgresql":
        size = session.scalar(text("SELECT pg_database_size(current_database())"))
    else:
        size = session.scalar(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
    return -(-int(size or 0) // SIZE_STEP) * SIZE_STEP


def _key_ages(session: Session, now: datetime) -> dict[str, int]:
    ages = {}
    for purpose, model in (("signing", SigningKey), ("sealing", SealingKey)):
        made_on = session.scalar(select(model.created_on).order_by(model.id.desc()).limit(1))
        if made_on is not None:
            ages[purpose] = (day_of(now) - made_on).days
    return ages
