"""Quarters of a calendar year, named by their first day."""

import re
from datetime import date

_TEXT = re.compile(r"(?P<year>20\d\d)[ \u00a0\u2013\u2212-]?Q(?P<number>[1-4])", re.IGNORECASE)


def quarter_of(day: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_label(first: date) -> str:
    return f"{first.year}-Q{(first.month + 2) // 3}"


def read_quarter(text: str) -> date | None:
    """The first day of a quarter written like 2026-Q3; None for anything else."""
    found = _TEXT.fullmatch(text.strip())
    return date(int(found["year"]), 3 * int(found["number"]) - 2, 1) if found else None
