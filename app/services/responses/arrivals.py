"""Keeping the promise of 72 hours: what screening needs by the minute is forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from app.models import Arrival

#: counted so that with the pause between two runs it is 72 hours at most
KEPT = timedelta(hours=71, minutes=50)
#: a request that began before a run may be stored after it
MARGIN = timedelta(minutes=10)


def settle_future_arrivals(session: Session, now: datetime) -> int:
    """Take what a clock that was ahead has written for now, so that it is gone in 72 hours; how many there were.

    For when the clock is believed: while it may be the present one that is wrong, it would take away what is right.
    """
    done = session.execute(update(Arrival).where(Arrival.arrived_at > now).values(arrived_at=now))
    return done.rowcount if isinstance(done, CursorResult) else 0


def forget_arrivals(session: Session, now: datetime) -> int:
    """Delete when and from where answers came, once they are too old to screen; how many there were."""
    done = session.execute(delete(Arrival).where(Arrival.arrived_at < now - KEPT))
    return done.rowcount if isinstance(done, CursorResult) else 0
