"""Whether the record went on without a gap: no break in it, and every hour sealed."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.weeks import IST
from app.models import RecordEntry
from app.services.record.log.beginning import BREAK, KEY_LOST

#: an entry of this kind is named by its hour, counted from the first of 1970
SEAL_HOUR = "seal hour"
#: the job runs every twenty minutes; an hour that is sealed no later is in time
LATEST = timedelta(hours=3)
_HOUR, _EPOCH = timedelta(hours=1), datetime.fromtimestamp(0, UTC)


def is_unbroken(session: Session, since: date, until: datetime) -> bool:
    """From the first hour sealed on that day or later. False where nothing was sealed, or not up to the end, and where
    the record was broken off or its key lost.
    """
    breaks = RecordEntry.about.in_((BREAK, KEY_LOST))
    broken = select(RecordEntry.number).where(breaks, RecordEntry.entered_on >= since).limit(1)
    if session.scalar(broken) is not None:
        return False
    hours = select(func.min(RecordEntry.about_id), func.max(RecordEntry.about_id), func.count())
    begin = (datetime.combine(since, time(), IST) - _EPOCH) // _HOUR
    of_time = RecordEntry.about == SEAL_HOUR, RecordEntry.about_id >= begin
    first, last, sealed = session.execute(hours.where(*of_time)).one()
    return sealed > 0 and last >= (until - LATEST - _EPOCH) // _HOUR and sealed == last - first + 1
