"""The record as the files of a folder: tiles, bundles of entries, and what entries name by their digests.

Whoever serves them needs no code of ours, and any copy of them is as good as the original.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.record.tiles import WIDTH, Tile, bundle, hashes, is_of, parse_tile, tiles_of
from app.models import RecordFile
from app.services.record.log.entries import contents_between
from app.services.record.log.hashes import subtree_of

CHECKPOINT = "checkpoint"


def tile_bytes(session: Session, tile: Tile) -> bytes:
    """A tile of hashes, or a bundle of entries."""
    if tile.level is not None:
        return hashes(tile, subtree_of(session))
    first = tile.index * WIDTH
    return bundle(contents_between(session, first, first + tile.width))


def file_bytes(session: Session, path: str, size: int) -> bytes | None:
    """What stands under this path in the record of so many entries; None if nothing does. Editions stand elsewhere."""
    tile = parse_tile(path)
    if tile is not None:
        return tile_bytes(session, tile) if is_of(tile, size) else None
    kept = session.scalar(select(RecordFile.content).where(RecordFile.path == path, RecordFile.since <= size))
    return None if kept is None else kept.encode()


def all_files(session: Session, size: int) -> Iterator[tuple[str, bytes]]:
    """Every tile and every file beside the record, path and bytes."""
    for tile in tiles_of(size):
        yield tile.path, tile_bytes(session, tile)
    rows = select(RecordFile.path, RecordFile.content).where(RecordFile.since <= size).order_by(RecordFile.path)
    for path, content in session.execute(rows.execution_options(yield_per=200)):
        yield path, content.encode()
