"""That a number arrived, as it is signed: the vector, and whose key it is."""

import json
from datetime import date
from pathlib import Path

from app.formats.record.notes import RecordKey, read_vkey, to_base64
from app.formats.record.received import key_of_receipts, received_text

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
PROOF = VECTORS["receipt_proof"]
ORIGIN = VECTORS["checkpoint"]["origin"]
KEY = RecordKey(PROOF["vkey"].partition("+")[0], bytes.fromhex(PROOF["private_key_hex"]))


def test_it_is_signed_as_the_vector_is() -> None:
    text = received_text(ORIGIN, 895986991646, date(2026, 11, 30))
    assert (text, KEY.vkey) == (PROOF["message"], PROOF["vkey"])
    signature = bytes.fromhex(PROOF["signature_hex"])
    assert KEY.sign(text) == f"{text}\n— {KEY.name} {to_base64(KEY.key_id + signature)}\n"
    assert read_vkey(PROOF["vkey"]).holds(signature, text.encode())


def test_a_number_has_twelve_digits_whatever_it_begins_with() -> None:
    assert "\n000000000007\n" in received_text(ORIGIN, 7, date(2026, 11, 30))


def test_its_key_is_another_one_than_that_of_the_record_and_follows_it() -> None:
    records = [RecordKey(ORIGIN, bytes([seed]) * 32) for seed in (1, 1, 2)]
    one, same, other = map(key_of_receipts, records)
    assert one == same
    assert len({one.seed, other.seed, *(record.seed for record in records)}) == 4
    assert one.name == other.name == KEY.name
