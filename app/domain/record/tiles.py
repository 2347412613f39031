"""The files that the tree and the entries are served in: c2sp.org/tlog-tiles, 256 hashes or entries each.

The width stands in the name, so that a file once written never changes. Only full tiles are hashed into the next
level: a tree of 256 has one full tile and above it one of width 1, a tree of 255 has nothing above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.record.merkle import Subtree

WIDTH = 256
_HEIGHT = 8
_MOST_LEVEL = 5
_PATH = re.compile(r"tile/(entries|[0-9])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?")
_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """256 hashes of a level, or the entries themselves (no level); fewer at the right edge of a tree."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served, below the record's own address."""
        *before, last = f"{self.index:,}".split(",")
        groups = [*(f"x{group:>03}" for group in before), f"{last:>03}"]
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{'entries' if self.level is None else self.level}/{'/'.join(groups)}{part}"

    def nodes(self) -> list[tuple[int, int]]:
        """The complete subtrees whose hashes it holds, by level and index."""
        level = _HEIGHT * (self.level or 0)
        return [(level, self.index * WIDTH + at) for at in range(self.width)]


def parse_tile(path: str) -> Tile | None:
    """The tile of this path; None for every other spelling of it, and for what is none."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    kind, groups, width = found.groups()
    tile = Tile(
        level=None if kind == "entries" else int(kind),
        index=int(groups.replace("x", "").replace("/", "")),
        width=WIDTH if width is None else int(width),
    )
    is_one = 0 < tile.width <= WIDTH and (tile.level or 0) <= _MOST_LEVEL
    return tile if is_one and tile.path == path else None


def tiles_of(size: int) -> Iterator[Tile]:
    """Every bundle and tile of a tree of this size, those at its right edge as wide as it reaches."""
    yield from _row_of(None, size)
    for level in range(_MOST_LEVEL + 1):
        yield from _row_of(level, size)


def is_of(tile: Tile, size: int) -> bool:
    """Whether a tree of this size has all that the tile holds."""
    return tile.index * WIDTH + tile.width <= _reach(tile.level, size)


def hashes(tile: Tile, subtree: Subtree) -> bytes:
    """What a tile's file holds."""
    return b"".join(subtree(level, index) for level, index in tile.nodes())


def bundle(entries: Sequence[bytes]) -> bytes:
    """What a bundle's file holds: each entry behind its length in two bytes."""
    return b"".join(len(entry).to_bytes(_LENGTH) + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of such a file. ValueError if it ends within one."""
    entries, at = [], 0
    while at < len(data):
        start = at + _LENGTH
        at = start + int.from_bytes(data[at:start])
        if start > len(data) or at > len(data):
            raise ValueError("the bundle ends within an entry")
        entries.append(data[start:at])
    return entries


def _row_of(level: int | None, size: int) -> Iterator[Tile]:
    full, rest = divmod(_reach(level, size), WIDTH)
    for index in range(full):
        yield Tile(level, index)
    if rest:
        yield Tile(level, full, rest)


def _reach(level: int | None, size: int) -> int:
    """How many hashes, or entries, a tree of this size has on a level."""
    return size >> (_HEIGHT * (level or 0))
