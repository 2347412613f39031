"""In which weeks a number stands, and by which key that is proved."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app.config import Settings
from app.formats.record.notes import RecordKey, read_vkey, signature_of
from app.formats.record.received import key_of_receipts
from app.services.record.receipt_proofs import proof_of, proving_key, weeks_of_number
from app.services.record.receipts import count_receipts
from app.transaction import reading
from tests.factories.record.department import RecordedDepartment, entries, monday
from tests.fixtures.secrets import SECRETS

DAY = datetime(2026, 12, 2, tzinfo=UTC)
WEEKS = [date(2026, 11, 30) + at * timedelta(days=7) for at in range(4)]
KEY = RecordKey("localhost/r/record", SECRETS.record)


def test_the_weeks_of_a_number(any_session: Session) -> None:
    assert weeks_of_number(any_session, 7) == []
    for week, numbers in ((0, [7, 8]), (1, [9]), (3, [7, 7])):
        count_receipts(any_session, numbers, DAY + timedelta(weeks=week))
    found = [weeks_of_number(any_session, number) for number in (7, 8, 9, 10)]
    assert found == [[WEEKS[0], WEEKS[3]], [WEEKS[0]], [WEEKS[1]], []]


def test_each_week_has_a_note_of_its_own() -> None:
    proof = proof_of(KEY, 7, [WEEKS[0], WEEKS[3]])
    lines = proof.splitlines(keepends=True)
    notes = ["".join(lines[:6]), "".join(lines[6:])]
    for note, week in zip(notes, ("2026-11-30", "2026-12-21"), strict=True):
        assert note.startswith(f"samvad received 1\nlocalhost/r/record\n000000000007\n{week}\n\n— ")
        assert signature_of(note, key_of_receipts(KEY).vkey)


def test_there_is_a_key_once_it_stands_in_the_record(app: Flask, settings: Settings) -> None:
    department = RecordedDepartment(settings)
    with reading() as session:
        assert proving_key(session, SECRETS.record) is None
    department.keep(monday(0))
    with reading() as session:
        assert proving_key(session, SECRETS.record) == KEY
        assert proving_key(session, b"") is None
        assert proving_key(session, b"another one of thirty-two bytes!") is None
    (entry,) = (entry for entry in entries() if entry.get("what") == "receipt_key")
    assert read_vkey(str(entry["value"])).name == "localhost/r/receipts"
