"""What counter screens send."""

import json
from typing import Any

import pytest

from app.domain.problem import Problem
from app.formats.crypto.sealing import to_text
from app.formats.wire.counter_screens import read_pad_request, read_screen_enrolment

SECRET = bytes(range(32))
HEAD = b"\x12\x00\x00\x00\x00\x07"


def message(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_a_screen_brings_its_code_and_its_secret() -> None:
    assert read_screen_enrolment(message(code="abcd-efgh", secret=to_text(SECRET))) == ("abcd-efgh", SECRET)


def test_a_screen_says_what_it_holds_or_that_it_holds_nothing() -> None:
    held = {"head": to_text(HEAD), "until": 29_000_000}
    assert read_pad_request(message(secret=to_text(SECRET), held=held)) == (SECRET, HEAD, 29_000_000)
    assert read_pad_request(message(secret=to_text(SECRET))) == (SECRET, b"", None)


@pytest.mark.parametrize("secret", ["", to_text(SECRET[:-1]), to_text(SECRET) + "A", "*" * 43, "ध" * 43], ids=ascii)
def test_a_secret_has_32_bytes(secret: str) -> None:
    with pytest.raises(Problem, match=r"device\.malformed"):
        read_screen_enrolment(message(code="abcd-efgh", secret=secret))
    with pytest.raises(Problem, match=r"device\.malformed"):
        read_pad_request(message(secret=secret))


@pytest.mark.parametrize(
    "held",
    [{"head": "A" * 7, "until": 1}, {"head": "A" * 8, "until": 2**32}, {"head": "A" * 8, "until": -1}, 5],
    ids=str,
)
def test_what_cannot_be_held_is_refused(held: object) -> None:
    with pytest.raises(Problem, match=r"device\.malformed"):
        read_pad_request(message(secret=to_text(SECRET), held=held))
