"""Proofs that a confirmation number arrived, on demand: signed when somebody asks, and kept nowhere."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.weeks import weeks_from
from app.formats.record.notes import RecordKey
from app.formats.record.received import key_of_receipts, received_text
from app.models import ReceiptNumber
from app.services.record.log.entries import entry_about, entry_at
from app.services.record.sources.decisions.settings import RECEIPT_KEY, receipt_key_id


def proving_key(session: Session, seed: bytes) -> RecordKey | None:
    """The key of the record, if an entry names the one derived from it: else nobody could check what it proves."""
    begun = entry_at(session, 0) if seed else None
    if begun is None:
        return None
    key = RecordKey(str(begun.content["origin"]), seed)
    return key if entry_about(session, RECEIPT_KEY, receipt_key_id(key)) else None


def weeks_of_number(session: Session, number: int) -> list[date]:
    """The weeks in which it arrived, the oldest first; usually one, since devices draw numbers at random."""
    # Each by itself, and all weeks by name: rows are found by week and number, and else all of them would be read.
    first, last = (session.scalar(select(edge(ReceiptNumber.week))) for edge in (func.min, func.max))
    if first is None or last is None:
        return []
    weeks = select(ReceiptNumber.week).where(
        ReceiptNumber.week.in_(list(weeks_from(first, last))), ReceiptNumber.number == number
    )
    return list(session.scalars(weeks.order_by(ReceiptNumber.week)))


def proof_of(key: RecordKey, number: int, weeks: Iterable[date]) -> str:
    """The file: a note for each week, one behind another. `key` is that of the record."""
    signer = key_of_receipts(key)
    return "".join(signer.sign(received_text(key.name, number, week)) for week in weeks)
