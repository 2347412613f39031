"""The bytes of an entry: the vectors that the verifier is held to as well."""

import json
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record.canonical import MOST, MOST_BYTES, NotCanonical, from_bytes, to_bytes
from app.domain.record.merkle import leaf_hash

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))

_keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_texts = st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(lambda text: normalize("NFC", text))
_values = st.recursive(
    st.integers(-MOST, MOST) | st.booleans() | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["bytes_hex"][:12])
def test_an_entry_has_one_form(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["bytes_hex"])
    assert to_bytes(vector["value"]) == data
    assert from_bytes(data) == vector["value"]
    assert leaf_hash(data).hex() == vector["leaf"]


@pytest.mark.parametrize("vector", VECTORS["not_canonical"], ids=lambda vector: vector["why"])
def test_every_other_spelling_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(NotCanonical):
        from_bytes(bytes.fromhex(vector["text_hex"]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"1",
        b"\xff",
        b'{"a":NaN}',
        b'{"a":1}\n',
        b'{"a":"\\ud800"}',
        b'{"a":' + b"[" * 8000 + b"]" * 8000 + b"}",
        b'{"a":' + b"9" * 6000 + b"}",
        b'{"a":"' + b"a" * MOST_BYTES + b'"}',
    ],
    ids=lambda data: f"{data[:10]!r} {len(data)}",
)
def test_what_is_no_entry_is_refused_without_a_traceback(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        from_bytes(data)


@pytest.mark.parametrize("value", [None, 1.0, {"A": 1}, {"": 1}, "\x1f", "\u0958", "\ud800", MOST + 1, b"", (1,)])
def test_what_an_entry_cannot_hold_is_not_written(value: Any) -> None:
    with pytest.raises(NotCanonical):
        to_bytes({"a": value})


def test_an_entry_has_a_bound() -> None:
    assert len(to_bytes({"a": "a" * (MOST_BYTES - 8)})) == MOST_BYTES
    with pytest.raises(NotCanonical, match="16384 bytes"):
        to_bytes({"a": "a" * (MOST_BYTES - 7)})


@given(st.dictionaries(_keys, _values, max_size=5))
def test_an_entry_is_read_as_it_was_written(entry: dict[str, Any]) -> None:
    assert from_bytes(to_bytes(entry)) == entry


@given(st.dictionaries(_keys, _values, min_size=1, max_size=5), st.data())
def test_one_changed_byte_is_another_entry_or_none(entry: dict[str, Any], data: st.DataObject) -> None:
    written = bytearray(to_bytes(entry))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    try:
        assert from_bytes(bytes(written)) != entry
    except NotCanonical:
        return
