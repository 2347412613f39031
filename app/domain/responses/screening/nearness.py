"""Which rows differ from a row in at most so many items, without comparing all with all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Row = tuple[str, ...]

#: two rows of 18 items are near if they differ in three
ITEMS_A_STEP = 6


def radius_of(row: Row) -> int:
    """In how many items a row of this length may differ from another and be near it."""
    return len(row) // ITEMS_A_STEP


class Nearness:
    """Different rows of one length, ready to be asked which of them are near a row.

    Rows that differ in at most `radius` items agree in one of `radius + 1` blocks, so only those that share a block
    are compared. A row is kept as a number with one bit for each item's value: two rows agree in as many items as
    they have bits in common.
    """

    def __init__(self, rows: Iterable[Row], radius: int) -> None:
        self._rows = list(dict.fromkeys(rows))
        self._radius = radius
        self._bits: dict[tuple[int, str], int] = {}
        self._numbers = [sum(self._bit(item) for item in enumerate(row)) for row in self._rows]
        self._blocks: dict[tuple[int, Row], list[int]] = defaultdict(list)
        for at, row in enumerate(self._rows if radius else ()):
            for block in _blocks(row, radius + 1):
                self._blocks[block].append(at)
        self._known = set(self._rows)

    def near(self, row: Row) -> Sequence[Row]:
        """Those of the rows that differ from this one in at most as many items as the radius says."""
        if not self._radius:
            return [row] if row in self._known else []
        number = sum(self._bits.get(item, 0) for item in enumerate(row))
        least = len(row) - self._radius
        candidates = set[int]().union(*(self._blocks.get(block, ()) for block in _blocks(row, self._radius + 1)))
        return [self._rows[at] for at in candidates if (number & self._numbers[at]).bit_count() >= least]

    def _bit(self, item: tuple[int, str]) -> int:
        return self._bits.setdefault(item, 1 << len(self._bits))


def _blocks(row: Row, parts: int) -> Iterator[tuple[int, Row]]:
    """The row cut into so many parts of nearly one length, each with where it begins."""
    limits = [len(row) * part // parts for part in range(parts + 1)]
    return ((start, row[start:end]) for start, end in pairwise(limits))
