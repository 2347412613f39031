"""Batches of responses as they travel: what is stored on phones for months is still read, and anything else refused."""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from app.domain.problem import Problem
from app.domain.responses.response import BATCH_LIMIT, BODY_LIMIT, SEALED_LIMIT
from app.formats.wire.responses import clear_fields, read_answers, read_batch, read_id, read_item, read_sealed

ITEM = {
    "v": 1,
    "id": str(uuid4()),
    "token": "CAAAAAAAAAC",
    "survey_version": 7,
    "language": "hi",
    "stamp": "",
    "body": {"respect": 4},
}


RECEIPT = "AAECAwQFBgcICQoLDA0ODw"


def raw(**changes: Any) -> Raw:
    return Raw(json.dumps({**ITEM, **changes}).encode())


def refusal(item: Raw) -> str:
    with pytest.raises(Problem) as refused:
        read_item(item)
    assert "%(" not in refused.value.sentence()
    return refused.value.code


def body_of(length: int, kid: int | None = None) -> Raw:
    filled = {"a": "x" * (length - 9)} if kid is None else "x" * (length - 2)
    return raw(body=filled, kid=kid)


def test_an_item_is_read_and_its_body_kept_to_the_letter() -> None:
    item = read_item(Raw(json.dumps(ITEM).replace('{"respect": 4}', '{ "respect" :4}').encode()))
    assert bytes(item.body) == b'{ "respect" :4}'
    assert (item.week, item.kid, item.device, item.sequence) == (None, None, None, None)


def test_a_receipt_is_part_of_what_is_sealed_and_signed() -> None:
    item = read_item(raw(v=2, receipt=RECEIPT))
    assert clear_fields(item)["receipt"] == RECEIPT
    assert clear_fields(read_item(raw()))["receipt"] is None


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 0},
        {"v": "1"},
        {"id": "x"},
        {"id": "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"},
        {"survey_version": 0},
        {"survey_version": 2**31},
        {"language": "Marathi"},
        {"language": "MR"},
        {"language": ""},
        {"week": "2026-W01"},
        {"token": "A" * 81},
        {"kid": 256},
        {"sequence": 0},
        {"more": 1},
        # Format 2 is the one with a receipt: 16 bytes in the one spelling that they have.
        {"v": 2},
        {"receipt": RECEIPT},
        *({"v": 2, "receipt": text} for text in ("", RECEIPT[:-1], RECEIPT[:-1] + "x", RECEIPT + "=", "+" * 21 + "A")),
    ],
    ids=str,
)
def test_what_is_no_item_is_refused(changes: dict[str, Any]) -> None:
    assert refusal(raw(**changes)) == "response.malformed"


def test_a_newer_item_is_not_judged_whatever_it_holds() -> None:
    assert refusal(raw(v=3, id=None, language=["mr"], more=1)) == "response.version"


@pytest.mark.parametrize(("kid", "limit"), [(None, BODY_LIMIT), (1, SEALED_LIMIT)])
def test_a_body_has_its_limit_and_a_sealed_one_more_room(kid: int | None, limit: int) -> None:
    assert len(bytes(read_item(body_of(limit, kid)).body)) == limit
    assert refusal(body_of(limit + 1, kid)) == "response.too_large"


def test_a_batch_holds_a_hundred() -> None:
    batch = {"responses": [ITEM] * BATCH_LIMIT}
    assert len(read_batch(json.dumps(batch).encode())) == BATCH_LIMIT
    batch["responses"].append(ITEM)
    with pytest.raises(Problem, match=r"batch\.too_many"):
        read_batch(json.dumps(batch).encode())


@given(st.binary(max_size=80) | st.integers(0, 3_000).map(lambda depth: b'{"responses":' + b"[" * depth))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(Problem, match=r"batch\.malformed"):
        read_batch(content)
    with pytest.raises(Problem, match=r"response\.malformed"):
        read_item(Raw(content))


def test_the_id_is_told_of_what_cannot_be_read_otherwise() -> None:
    assert str(read_id(raw(v="?", body=[]))) == ITEM["id"]
    assert read_id(raw(id="x")) is read_id(Raw(b"")) is None


def test_a_seal_is_bound_to_every_field_but_the_body_and_the_signature() -> None:
    fields = clear_fields(read_item(raw(device="7", sequence=3, signature="s")))
    expected = {*ITEM, "week", "kid", "receipt", "device", "sequence"} - {"body"}
    assert set(fields) == expected


@pytest.mark.parametrize("body", [b"[]", b"1", b"null", b'"x"', b"{", b'{"a":\xff}'])
def test_answers_are_an_object(body: bytes) -> None:
    assert read_answers(b'{"a":null}') == {"a": None}
    with pytest.raises(Problem, match=r"response\.malformed"):
        read_answers(body)


def test_a_sealed_body_is_a_text() -> None:
    assert read_sealed(read_item(raw(body="abc", kid=1))) == "abc"
    with pytest.raises(Problem, match=r"response\.malformed"):
        read_sealed(read_item(raw(body={}, kid=1)))


def nested(depth: int) -> bytes:
    return b'{"respect":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


@pytest.mark.parametrize("depth", [4, 970, 978, 5_000])
def test_answers_deeper_than_any_question_are_refused_by_name(depth: int) -> None:
    with pytest.raises(Problem, match=r"response\.too_deep"):
        read_answers(nested(depth))


def test_a_list_in_a_row_of_a_question_is_as_deep_as_it_goes() -> None:
    assert read_answers(nested(3)) == {"respect": [[]]}


@pytest.mark.parametrize("half", ["\\ud83d", "\\udc4b", "\\ud83d!"])
def test_half_a_letter_loses_nothing_else(half: str) -> None:
    body = '{"comment":"थाना ' + half + '","respect":4}'
    assert read_answers(body.encode())["comment"].startswith("थाना \ufffd")
    assert read_answers(body.encode())["respect"] == 4


@pytest.mark.parametrize("body", [b'{"a":NaN}', b'["\\ud800"]', b'{"a":"\\ud800"', b"\xff"])
def test_what_is_no_json_is_refused_with_or_without_half_a_letter(body: bytes) -> None:
    with pytest.raises(Problem, match=r"response\.malformed"):
        read_answers(body)


def test_one_item_that_cannot_be_read_is_apart_from_the_others() -> None:
    good = json.dumps(ITEM)
    for body in ('{"a":"\\ud800"}', "[" * 3_000 + "]" * 3_000):
        bad = good.replace('{"respect": 4}', body)
        items = read_batch(f'{{"responses":[{good},{bad},5,"x",{good}]}}'.encode())
        assert [bytes(item).decode() for item in items] == [good, bad.replace("\\ud800", "\\ufffd"), "5", '"x"', good]
        assert str(read_id(items[1])) == ITEM["id"]


@pytest.mark.parametrize("ids", ["", '"id":"x",', '"id":"ffffffff-ffff-ffff-ffff-fffffffffff-",'])
def test_an_id_that_cannot_be_told_is_none(ids: str) -> None:
    assert read_id(Raw(("{" + ids + '"body":' + "[" * 3_000 + "]" * 3_000 + "}").encode())) is None
