"""A confirmation number in an address: nobody makes one up, and it says nothing at another code."""

import re

import pytest

from app.formats.crypto.confirmations import open_confirmation, open_marks, sign_confirmation, sign_marks

SECRET = b"r" * 32
NUMBER = "1234 5678 9012"


def test_what_was_given_out_is_confirmed_again() -> None:
    text = sign_confirmation(SECRET, 7, NUMBER)
    assert re.fullmatch(r"[0-9]{12}\.[A-Za-z0-9_-]{14}", text)
    assert open_confirmation(SECRET, 7, text) == NUMBER


@pytest.mark.parametrize("letter", ["u", "c"])
def test_an_address_that_told_of_a_slip_before_tells_the_number_alone(letter: str) -> None:
    assert open_confirmation(SECRET, 7, sign_confirmation(SECRET, 7, NUMBER + letter)) == NUMBER


def test_nothing_else_is_confirmed() -> None:
    text = sign_confirmation(SECRET, 7, NUMBER)
    assert open_confirmation(SECRET, 8, text) is None
    assert open_confirmation(b"x" * 32, 7, text) is None
    for changed in (
        "",
        NUMBER,
        text[1:],
        text[:-1],
        text.replace("1", "2", 1),
        text.replace(".", "u."),
        text.replace("1", "१", 1),
    ):
        assert open_confirmation(SECRET, 7, changed) is None


def test_marks_of_a_quiz_are_told_as_they_were_signed_and_at_that_code_alone() -> None:
    text = sign_marks(SECRET, 7, 12, (True, False, True))
    assert re.fullmatch(r"12-101\.[A-Za-z0-9_-]{14}", text)
    assert open_marks(SECRET, 7, text) == (12, (True, False, True))
    assert open_marks(SECRET, 8, text) is None
    for changed in ("", text.replace("101", "111"), text.replace("12", "13"), sign_confirmation(SECRET, 7, "12-101")):
        assert open_marks(SECRET, 7, changed) is None
