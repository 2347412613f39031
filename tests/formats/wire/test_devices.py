"""What devices say of themselves."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.formats.crypto.sealing import derive_private_key, public_point, to_text
from app.formats.wire.devices import read_enrolment, read_status

POINT = public_point(derive_private_key(b"d" * 32))
STATUS = {"device": "7", "waiting": 3, "last_sequence": 12, "at": "2026-11-23T06:00:00Z", "signature": "s"}


def status(**changes: Any) -> bytes:
    return json.dumps({**STATUS, **changes}).encode()


def test_an_enrolment_brings_its_code_and_its_key() -> None:
    asked = {"code": " abcd-efgh ", "public_key": to_text(POINT)}
    assert read_enrolment(json.dumps(asked).encode()) == (" abcd-efgh ", POINT)


@pytest.mark.parametrize("key", ["", "*", to_text(POINT[:-1]), to_text(POINT[:-1] + bytes([POINT[-1] ^ 1])), "ध"])
def test_what_is_no_point_on_the_curve_is_no_key(key: str) -> None:
    with pytest.raises(Problem, match=r"device\.key_invalid"):
        read_enrolment(json.dumps({"code": "x", "public_key": key}).encode())


@pytest.mark.parametrize(
    ("device", "id_"), [("7", 7), ("0", 0), ("07", None), ("-7", None), ("", None), ("७", None), ("7 ", None)]
)
def test_a_device_has_one_way_of_writing_its_number(device: str, id_: int | None) -> None:
    assert read_status(status(device=device)).device_id == id_


def test_a_status_is_signed_whole() -> None:
    told = read_status(status(refusals={"2026-W47": 3}))
    signed = {name: value for name, value in STATUS.items() if name != "signature"}
    assert told.clear_fields() == {**signed, "refusals": {"2026-W47": 3}}


@pytest.mark.parametrize(
    "changes",
    [{"waiting": -1}, {"waiting": 1.5}, {"last_sequence": 2**53}, {"device": 7}, {"more": 1}, {"refusals": {"w": "x"}}],
    ids=str,
)
def test_what_is_no_status_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Problem, match=r"device\.malformed"):
        read_status(status(**changes))


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    for read in (read_status, read_enrolment):
        with pytest.raises(Problem, match=r"device\.malformed"):
            read(content)
