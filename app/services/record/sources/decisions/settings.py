"""What the department decides about what everybody may read, and by which key it proves that a number arrived."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.formats.record.notes import RecordKey
from app.formats.record.received import key_of_receipts
from app.models import PublicResultsDecision, RecordEntry
from app.services.record.log.entries import NewEntry, entry_about, is_entered
from app.services.record.sources.editions import DAY

SETTING = "setting"
#: what such an entry is about by itself, since it opens nothing
RECEIPT_KEY = "receipt_key"


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


def new_receipt_key(session: Session, key: RecordKey, today: date) -> list[NewEntry]:
    """The public key by which a proof of arrival is checked, unless it is entered; `key` is that of the record."""
    about_id = receipt_key_id(key)
    if entry_about(session, RECEIPT_KEY, about_id) is not None:
        return []
    told = {"what": RECEIPT_KEY, "value": key_of_receipts(key).vkey, "since": today.isoformat()}
    return [NewEntry(SETTING, RECEIPT_KEY, about_id, told)]


def receipt_key_id(key: RecordKey) -> int:
    """By which the entry of its key of receipts is known: another key is another entry."""
    return int.from_bytes(key_of_receipts(key).key_id)
