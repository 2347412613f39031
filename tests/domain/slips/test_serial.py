"""One-time serials: nobody who reads the tables finds a slip among them."""

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.slips.serial import mark_of


def test_the_mark_of_a_serial_needs_the_secret() -> None:
    token = Token(Channel.SLIP, 0, 7, serial=b"serial")
    assert mark_of(b"one", token) != mark_of(b"other", token)
    assert mark_of(b"one", token) != mark_of(b"one", Token(Channel.SLIP, 0, 8, serial=b"serial"))
    assert mark_of(b"one", Token(Channel.POSTER, 0, 7)) is None
