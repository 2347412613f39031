"""One-time serials, as far as whoever opens or checks a code may know of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Serial


def is_cancelled(session: Session, mark: bytes) -> bool:
    """Whether a serial was cancelled. Whether it was used is not to be asked."""
    return session.scalars(select(Serial.cancelled_on).where(Serial.mark == mark)).first() is not None
