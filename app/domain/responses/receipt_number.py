"""Confirmation numbers: twelve digits that prove that something arrived, and nothing of what it was."""

import hashlib
import hmac
from uuid import UUID

from app.domain.codes.number import read_number
from app.domain.problem import Problem, ProblemType

NUMBER_INVALID = ProblemType(
    "receipt_number.invalid",
    422,
    "A confirmation number has twelve digits. Please compare it with the screen that showed it and type it again.",
)

#: how many digits a number has, and how many numbers there are
DIGITS = 12
NUMBERS: int = 10**DIGITS
#: random bytes of which a device makes a number: whoever sends two answers has two numbers, which no server chose
SECRET_BYTES = 16


def number_of_secret(secret: bytes) -> int:
    """The number that a device makes for its answer. It has no link to the row that is stored."""
    return _number(hashlib.sha256(b"samvad receipt 1\n" + secret).digest())


def number_of_response(server_secret: bytes, response_id: UUID) -> int:
    """The number that the server makes for what came without one: the same for the same response.

    The weaker one: the server alone makes it, and whoever holds its secret and the database finds the answer behind it.
    """
    return _number(hmac.digest(server_secret, b"receipt" + response_id.bytes, hashlib.sha256))


def number_typed(typed: str) -> int:
    """What a person typed, with spaces or hyphens, in the digits of any script. Problem `receipt_number.invalid`."""
    digits = read_number(typed)
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise Problem(NUMBER_INVALID)
    return int(digits)


def in_digits(number: int) -> str:
    """As it stands in a list."""
    return f"{number:0{DIGITS}d}"


def in_groups(number: int) -> str:
    """As people read it."""
    digits = in_digits(number)
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"


def _number(digest: bytes) -> int:
    return int.from_bytes(digest[:8]) % NUMBERS
