"""A confirmation number in an address: only one that the server gave at this code is confirmed again."""

import hashlib
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

from app.domain.responses.reason import Reason
from app.formats.crypto.signed_text import TruncatedHMAC

#: one letter behind the digits; what a sender is told of a slip that does not simply count
_LETTERS = {Reason.SERIAL_USED: "u", Reason.SERIAL_CANCELLED: "c"}
_REASONS = {letter: reason for reason, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The number as it is shown, and what became of the slip where that is not plain."""

    number: str
    serial: Reason | None = None


def sign_confirmation(secret: bytes, placement_id: int, shown: Confirmation) -> str:
    """The number without its spaces, a dot and 14 characters. The number alone is not kept by the server."""
    letter = _LETTERS[shown.serial] if shown.serial else ""
    return _signer(secret, placement_id).sign(shown.number.replace(" ", "") + letter).decode("ascii")


def open_confirmation(secret: bytes, placement_id: int, text: str) -> Confirmation | None:
    """What was confirmed, or None if it was not given out at this placement."""
    try:
        told = _signer(secret, placement_id).unsign(text).decode("ascii")
    except (BadSignature, UnicodeError):
        return None
    digits = told.rstrip("".join(_REASONS))
    number = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    return Confirmation(number, _REASONS.get(told[len(digits) :]))


def _signer(secret: bytes, placement_id: int) -> Signer:
    return Signer(
        secret,
        salt=f"samvad.confirmation.{placement_id}",
        sep=".",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
        algorithm=TruncatedHMAC(),
    )
