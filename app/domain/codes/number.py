"""The eight-digit number printed beside a code, for people who type it."""

from app.domain.free_text import ascii_digits
from app.domain.problem import ProblemType

LENGTH = 8
_BETWEEN = dict.fromkeys(map(ord, " -\u00a0\u200b"))

NUMBER_INVALID = ProblemType(
    "number.invalid",
    422,
    "No paper of ours has this number. Please compare each of its eight digits with the paper and type it again.",
)
NUMBER_UNKNOWN = ProblemType("number.unknown", 404, "No code has this number. Please compare it with the paper.")

# H. Michael Damm, "Total anti-symmetrische Quasigruppen" (2004): catches every single wrong digit and
# every swap of neighbours, with one digit.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """The digit to put behind `digits`."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def is_number(text: str) -> bool:
    """Whether `text` is eight ASCII digits that agree with each other."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and check_digit(text) == "0"


def read_number(typed: str) -> str:
    """What a person typed, as ASCII digits: any script's digits, spaces and hyphens are accepted."""
    return ascii_digits(typed.translate(_BETWEEN))


def show_number(number: str) -> str:
    """The number in two groups of four, as it is printed."""
    return f"{number[:4]} {number[4:]}"
