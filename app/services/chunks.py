"""Values in pieces that fit into one statement."""

from collections.abc import Iterable
from typing import TypeVar

Each = TypeVar("Each")

#: how many values one statement names; SQLite knows no more than 32,766
MOST_NAMED = 500


def chunks(values: Iterable[Each]) -> Iterable[list[Each]]:
    """Pieces that fit into one statement."""
    listed = list(values)
    return (listed[start : start + MOST_NAMED] for start in range(0, len(listed), MOST_NAMED))
