"""Keeping the promise of 72 hours: what screening needs by the minute is forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from app.models import Arrival

#: counted so that with the pause between two runs it is 72 hours at most
KEPT = timedelta(hours=71, minutes=50)


def forget_arrivals(session: Session, now: datetime) -> int:
    """Delete when and from where answers came, once they are too old to screen; how many there were."""
    done = session.execute(delete(Arrival).where(Arrival.arrived_at < now - KEPT))
    return done.rowcount if isinstance(done, CursorResult) else 0
