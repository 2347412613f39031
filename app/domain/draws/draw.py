"""A draw that everybody can make anew: a seed that nobody knew when the list was closed, and an order that it gives."""

import hashlib
import re
from collections.abc import Sequence

from app.domain.draws.case_list import SeedFrom
from app.domain.free_text import ascii_digits
from app.domain.problem import Problem, ProblemType

SEED_BYTES = 32
#: 50 throws hold 129 bits
THROWS = 50

DRAW_TOO_EARLY = ProblemType(
    "draw.too_early", 409, "The seed of this list comes on %(day)s. Before that nothing is drawn."
)
DRAW_UNSIGNED = ProblemType(
    "draw.not_entered",
    409,
    "The closed list does not stand under a signed head of the public record yet. That takes a minute or two: please "
    "try again then.",
)
DRAW_MISSED = ProblemType(
    "draw.missed",
    409,
    "This list did not come into the public record by the day of its seed, so nobody could check a draw from it.",
)
DRAWN_ALREADY = ProblemType("draw.made", 409, "This list has been drawn from already. There is no second draw.")
NOT_DRAWN = ProblemType("draw.missing", 409, "Nothing has been drawn from this list yet.")
DICE_UNREADABLE = ProblemType(
    "draw.dice", 422, "Please write all %(throws)d throws, each as a digit from 1 to 6. Here are %(found)d."
)
DICE_SIGN = ProblemType("draw.dice_sign", 422, "“%(sign)s” is no throw: each is a digit from 1 to 6.")
BEACON_UNREADABLE = ProblemType(
    "draw.beacon", 422, "The value of a beacon has 64 digits and letters from a to f. Please copy it once more."
)
INVITED_ALREADY = ProblemType(
    "draw.invited", 409, "The invitations of this draw have been made already. They are made once."
)
NOT_INVITED = ProblemType("draw.not_invited", 409, "These cases were drawn for interviews, so they get no invitations.")


def read_seed(seed_from: SeedFrom, text: str) -> bytes:
    """The 32 bytes. Of dice they are the SHA-256 of the digits as text, without spaces and ends of lines.

    Problems `draw.dice`, `draw.dice_sign` and `draw.beacon`.
    """
    typed = "".join(ascii_digits(text).split())
    if seed_from is SeedFrom.DICE:
        if foreign := re.search("[^1-6]", typed):
            raise Problem(DICE_SIGN, sign=foreign[0])
        if len(typed) != THROWS:
            raise Problem(DICE_UNREADABLE, throws=THROWS, found=len(typed))
        return hashlib.sha256(typed.encode()).digest()
    if not re.fullmatch("[0-9A-Fa-f]{64}", typed):
        raise Problem(BEACON_UNREADABLE)
    return bytes.fromhex(typed)


def positions_of(seed: bytes, cases: int, drawn: int) -> tuple[int, ...]:
    """The numbers of those who are asked, sorted: of 0 … cases − 1 the first by SHA-256(seed ‖ number in 4 bytes)."""
    order = sorted(range(cases), key=lambda number: hashlib.sha256(seed + number.to_bytes(4)).digest())
    return tuple(sorted(order[:drawn]))


def digest_of(positions: Sequence[int]) -> bytes:
    """SHA-256 of the numbers, in 4 bytes each, as the record tells them."""
    return hashlib.sha256(b"".join(number.to_bytes(4) for number in positions)).digest()
