"""What the department decides about what everybody may read."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import PublicResultsDecision, RecordEntry
from app.services.record.log.entries import NewEntry, is_entered
from app.services.record.sources.editions import DAY

SETTING = "setting"


def was_decided_since_monday(session: Session) -> bool:
    """Whether the newest decision is entered behind the newest Monday: what it opens was published before."""
    newest = select(func.max(RecordEntry.number))
    decided = session.scalar(newest.where(RecordEntry.about == SETTING))
    monday = session.scalar(newest.where(RecordEntry.about == DAY))
    return decided is not None and monday is not None and decided > monday


def new_settings(session: Session) -> list[NewEntry]:
    """Decisions on how far down results are public that are in no entry yet."""
    rows = session.scalars(
        select(PublicResultsDecision)
        .where(~is_entered(SETTING, PublicResultsDecision.id))
        .order_by(PublicResultsDecision.id)
    )
    return [
        NewEntry(SETTING, SETTING, row.id, {"what": "results", "value": row.depth, "since": row.from_on.isoformat()})
        for row in rows
    ]
