"""A confirmation number in an address: only one that the server gave at this code is confirmed again."""

import hashlib
from collections.abc import Sequence

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


def sign_marks(secret: bytes, placement_id: int, version_id: int, right: Sequence[bool]) -> str:
    """Which questions of a quiz were answered right, in their order: the version, a dash, 1 and 0, and a signature."""
    bits = "".join("1" if each else "0" for each in right)
    return _signer(secret, placement_id, "marks").sign(f"{version_id}-{bits}").decode("ascii")


def open_marks(secret: bytes, placement_id: int, text: str) -> tuple[int, tuple[bool, ...]] | None:
    """The version and what was right, or None if the server did not say so at this placement."""
    try:
        told = _signer(secret, placement_id, "marks").unsign(text).decode("ascii")
    except (BadSignature, UnicodeError):
        return None
    version_id, _, bits = told.partition("-")
    return int(version_id), tuple(bit == "1" for bit in bits)


def _signer(secret: bytes, placement_id: int, purpose: str = "confirmation") -> Signer:
    return Signer(
        secret,
        salt=f"samvad.{purpose}.{placement_id}",
        sep=".",
        key_derivation="hmac",
        digest_method=hashlib.sha256,
        algorithm=TruncatedHMAC(),
    )
