"""Whether anything comes for a round: the one thing that is told of it before its results, and no number."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.weeks import day_of
from app.models import Arrival, Response

#: an answer that came within this time says that answers are arriving
LATELY = timedelta(hours=24)


def is_arriving(session: Session, version_id: int, now: datetime) -> bool:
    """Whether an answer to a version has arrived within a day."""
    last = _last(session, version_id)
    return last is not None and last >= now - LATELY


def last_arrival(session: Session, version_id: int) -> date | None:
    """The day on which the last one came; None if it was more than three days ago, when that is known no more."""
    last = _last(session, version_id)
    return None if last is None else day_of(last)


def _last(session: Session, version_id: int) -> datetime | None:
    arrived = select(func.max(Arrival.arrived_at)).join(Response, Response.id == Arrival.response_id)
    return session.scalar(arrived.where(Response.survey_version_id == version_id))
