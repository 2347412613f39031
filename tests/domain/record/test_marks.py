import hmac
import json
from pathlib import Path

import pytest

from app.domain.record.canonical import to_bytes
from app.domain.record.marks import row_mark, texts_mark, verdict_mark, week_mark

VECTOR = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))["row"]
KEY = bytes.fromhex(VECTOR["record_key_hex"])


def test_a_row_and_a_verdict_have_the_marks_of_the_vectors() -> None:
    assert row_mark(KEY, **VECTOR["row"]).hex() == VECTOR["row_mark"]
    verdict = VECTOR["verdict"] | {name: json.dumps(VECTOR["verdict"][name]) for name in ("reasons", "findings")}
    assert verdict_mark(KEY, **verdict).hex() == VECTOR["verdict_mark"]


def test_what_is_marked_is_canonical_whatever_stands_in_it() -> None:
    odd = VECTOR["row"] | {"place": 'NP "1" \\ é', "survey": "थाना"}
    assert row_mark(KEY, **odd) == hmac.digest(KEY, b"samvad row 1\n" + to_bytes(odd), "sha256")


def test_no_mark_stands_for_another_kind() -> None:
    assert texts_mark(KEY, b"{}") != week_mark(KEY, b"{}")
    assert row_mark(KEY, **VECTOR["row"]) != row_mark(bytes(32), **VECTOR["row"])


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        texts_mark(bytes(65), b"{}")
