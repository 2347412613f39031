"""Stamps: the hour a page was given out, and for a counter screen's code which one it was."""

from datetime import UTC, datetime

import pytest

from app.domain.codes.stamp import Stamp
from app.formats.crypto.stamps import StampSigner
from app.formats.crypto.tokens import TokenSigner

SIGNER = StampSigner({0: b"k" * 32})
NOW = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(("time_step", "length"), [(None, 32), (0, 39), (29_000_000, 39)])
def test_a_stamp_says_what_it_was_made_of(time_step: int | None, length: int) -> None:
    stamp = Stamp.at(NOW, 0, 77, time_step)
    text = SIGNER.sign(stamp)
    assert len(text) == length
    assert SIGNER.verify(text) == stamp
    assert stamp.given_at == NOW.replace(minute=0)


def test_nothing_else_is_a_stamp() -> None:
    text = SIGNER.sign(Stamp.at(NOW, 0, 77, 5))
    assert SIGNER.verify(text[:-1] + "A") is None
    assert SIGNER.verify("") is None
    with pytest.raises(ValueError, match="length"):
        Stamp.from_payload(Stamp.at(NOW, 0, 77).payload() + b"\0\0")


def test_a_token_is_no_stamp() -> None:
    """Both are signed by one key: a purpose of their own keeps them apart."""
    stamp = Stamp.at(NOW, 0, 77)
    assert SIGNER.verify(TokenSigner({0: b"k" * 32})._signer.sign(stamp.payload())) is None
