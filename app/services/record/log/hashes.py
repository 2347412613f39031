"""Hashes of the record: of every entry, and of every 256 nodes above each other, so that a root needs few of them."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.record.merkle import Subtree, root, root_of
from app.domain.record.tiles import WIDTH
from app.models import RecordNode

#: levels of the tree of pairs in one level of nodes: 256 is two to the eighth
_HEIGHT = WIDTH.bit_length() - 1


def append_hashes(session: Session, size: int, leaves: Sequence[bytes]) -> None:
    """Store the hashes of entries behind the first `size`, and of all nodes that are whole with them."""
    _store(session, 0, size, leaves)
    level, first, end = 0, size, size + len(leaves)
    while (whole := end // WIDTH) > 0:
        begun = first // WIDTH
        above = [root_of(nodes_between(session, level, at * WIDTH, (at + 1) * WIDTH)) for at in range(begun, whole)]
        level, first, end = level + 1, begun, whole
        _store(session, level, first, above)


def nodes_between(session: Session, level: int, first: int, end: int) -> list[bytes]:
    """The hashes of these nodes of a level, without that of `end`."""
    rows = select(RecordNode.hash).where(RecordNode.level == level)
    rows = rows.where(RecordNode.position >= first, RecordNode.position < end)
    return list(session.scalars(rows.order_by(RecordNode.position)))


def subtree_of(session: Session) -> Subtree:
    """What roots and paths of the record are made of; a node of 256 is read with its neighbours, once."""

    @lru_cache(maxsize=256)
    def tile(level: int, index: int) -> list[bytes]:
        return nodes_between(session, level, index * WIDTH, (index + 1) * WIDTH)

    def subtree(level: int, index: int) -> bytes:
        stored, above = divmod(level, _HEIGHT)
        first = index << above
        start = first % WIDTH
        return root_of(tile(stored, first // WIDTH)[start : start + (1 << above)])

    return subtree


def root_at(session: Session, size: int) -> bytes:
    """The root of the first `size` entries."""
    return root(size, subtree_of(session))


def _store(session: Session, level: int, first: int, hashes: Sequence[bytes]) -> None:
    if hashes:
        rows = [{"level": level, "position": at, "hash": each} for at, each in enumerate(hashes, first)]
        session.execute(insert(RecordNode), rows)
