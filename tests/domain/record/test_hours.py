import json
from datetime import date, datetime
from pathlib import Path

from app.domain.record.hours import commit, hour_name
from app.domain.record.multiset import Multiset
from app.domain.weeks import IST

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
HOUR = VECTORS["hour"]
MARKS = [bytes.fromhex(mark) for mark in VECTORS["multiset"]["marks_hex"]]


def test_an_hour_is_sealed_as_the_vector_is() -> None:
    week = (date(2026, 11, 30), Multiset().with_all(MARKS), Multiset())
    assert commit(bytes.fromhex(HOUR["salt_hex"]), [week]).hex() == HOUR["commit"]
    assert commit(bytes(16), [week]).hex() != HOUR["commit"]
    assert commit(bytes.fromhex(HOUR["salt_hex"]), [week, week]).hex() != HOUR["commit"]


def test_an_hour_is_named_in_universal_time() -> None:
    assert hour_name(datetime(2026, 11, 30, 4, 59, tzinfo=IST)) == "2026-11-29T23Z"
