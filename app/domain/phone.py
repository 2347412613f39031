"""Numbers to call, as people write them."""

import re

from app.domain.free_text import ascii_digits

_NUMBER = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")


def read_phone(text: str) -> str | None:
    """The number in digits 0 to 9, with the blanks and hyphens that it was written with; None if it is none."""
    number = ascii_digits(text.strip())
    return number if _NUMBER.fullmatch(number) else None
