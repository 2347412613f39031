"""A confirmation number in an address: only one that the server gave at this code is confirmed again."""

import hashlib

from itsdangerous import BadSignature, Signer

from app.formats.crypto.signed_text import TruncatedHMAC

#: behind the digits in an address of before, where it said what became of a slip; nobody is told that any more
_LETTERS_BEFORE = "uc"


def sign_confirmation(secret: bytes, placement_id: int, number: str) -> str:
    """The number without its spaces, a dot and 14 characters. The number alone is not kept by the server."""
    return _signer(secret, placement_id).sign(number.replace(" ", "")).decode("ascii")


def open_confirmation(secret: bytes, placement_id: int, text: str) -> str | None:
    """The number that was confirmed, or None if it was not given out at this placement."""
    try:
        told = _signer(secret, placement_id).unsign(text).decode("ascii")
    except (BadSignature, UnicodeError):
        return None
    digits = told.rstrip(_LETTERS_BEFORE)
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _signer(secret: bytes, placement_id: int) -> Signer:
    return Signer(
        secret,
        salt=f"samvad.confirmation.{placement_id}",
        sep=".",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
        algorithm=TruncatedHMAC(),
    )
