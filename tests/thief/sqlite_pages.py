"""What the bytes of a SQLite file tell: of the rows in one page, those that lie further to its front came later.

Pages of a b-tree as https://www.sqlite.org/fileformat2.html describes them. When a page is split, its cells are copied
in the order of their keys, from the end of the page on; what is inserted afterwards goes in front of them, in order of
arrival. So of each page the thief leaves out the part in key order and looks at the tail.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_LEAF, _INTERIOR = 10, 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of an index-like tree: its first column of as many bytes as were asked for, and where it lies."""

    key: bytes
    offset: int


def read_trees(file: Path, width: int = 16) -> dict[str, list[list[Cell]]]:
    """The pages of each table without row ids and of each index, by name; cells in the order of their keys.

    Ids have 16 bytes, confirmation numbers 6.
    """
    with closing(sqlite3.connect(file)) as connection:
        roots = connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
    content = file.read_bytes()
    size = int.from_bytes(content[16:18]) or 65_536
    pages = [content[start : start + size] for start in range(0, len(content), size)]
    return {name: list(_pages(pages, root, width)) for name, root in roots if pages[root - 1][0] in (_LEAF, _INTERIOR)}


def later(page: list[Cell]) -> Iterator[tuple[bytes, bytes]]:
    """Pairs of keys of which the thief says that the second came after the first."""
    by_age = sorted(page, key=lambda cell: -cell.offset)
    order = [page.index(cell) for cell in by_age]
    copied = next((at + 1 for at, (one, two) in enumerate(pairwise(order)) if two < one), len(order))
    # Three in order are no accident. The foremost of all came last, whatever the others did.
    tail = by_age[copied:] if copied >= 3 else by_age[-1:]
    for newer in tail:
        older = by_age[:-1] if newer is by_age[-1] else by_age[:copied]
        yield from ((before.key, newer.key) for before in older)


def _pages(pages: list[bytes], number: int, width: int) -> Iterator[list[Cell]]:
    page = pages[number - 1]
    interior = page[0] == _INTERIOR
    start = 12 if interior else 8
    count = int.from_bytes(page[3:5])
    offsets = [int.from_bytes(page[start + 2 * at : start + 2 * at + 2]) for at in range(count)]
    yield [Cell(_key(page, offset + (4 if interior else 0), width), offset) for offset in offsets]
    if interior:
        for offset in offsets:
            yield from _pages(pages, int.from_bytes(page[offset : offset + 4]), width)
        yield from _pages(pages, int.from_bytes(page[8:12]), width)


def _key(page: bytes, at: int, width: int) -> bytes:
    """The first value of so many bytes in a record."""
    _, at = _varint(page, at)
    length, first = _varint(page, at)
    types, at_type = [], first
    while at_type < at + length:
        kind, at_type = _varint(page, at_type)
        types.append(kind)
    body = at + length
    for kind in types:
        size = (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]
        if size == width:
            return page[body : body + size]
        body += size
    return b""


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        value = value << 7 | page[at] & 0x7F
        at += 1
        if page[at - 1] < 0x80:
            return value, at
    return value << 8 | page[at], at + 1
