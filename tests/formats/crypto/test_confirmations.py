"""A confirmation number in an address: nobody makes one up, and it says nothing at another code."""

import re

import pytest

from app.domain.responses.reason import Reason
from app.formats.crypto.confirmations import Confirmation, open_confirmation, sign_confirmation

SECRET = b"r" * 32
NUMBER = "1234 5678 9012"


@pytest.mark.parametrize("serial", [None, Reason.SERIAL_USED, Reason.SERIAL_CANCELLED])
def test_what_was_given_out_is_confirmed_again(serial: Reason | None) -> None:
    shown = Confirmation(NUMBER, serial)
    text = sign_confirmation(SECRET, 7, shown)
    assert re.fullmatch(r"[0-9]{12}[uc]?\.[A-Za-z0-9_-]{14}", text)
    assert open_confirmation(SECRET, 7, text) == shown


def test_nothing_else_is_confirmed() -> None:
    text = sign_confirmation(SECRET, 7, Confirmation(NUMBER))
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
