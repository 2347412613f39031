"""That a confirmation number arrived, as signed notes of a key of their own: c2sp.org/signed-note."""

import hashlib
import hmac
from datetime import date

from app.domain.responses.receipt_number import in_digits
from app.formats.record.notes import RecordKey

_RECORD, _RECEIPTS = "/r/record", "/r/receipts"


def key_of_receipts(record: RecordKey) -> RecordKey:
    """The key that signs them: derived from that of the record, so that there is no further secret to keep."""
    name = record.name.removesuffix(_RECORD) + _RECEIPTS
    return RecordKey(name, hmac.digest(record.seed, b"samvad receipts key 1", hashlib.sha256))


def received_text(origin: str, number: int, week: date) -> str:
    """What is signed: that this number arrived in the week, at the server whose record has this origin."""
    return f"samvad received 1\n{origin}\n{in_digits(number)}\n{week.isoformat()}\n"
