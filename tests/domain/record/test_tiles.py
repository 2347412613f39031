"""Files of the tree."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record.merkle import in_memory, leaf_hash
from app.domain.record.tiles import Tile, bundle, hashes, is_of, parse_tile, tiles_of, unbundle

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
LARGE = VECTORS["large_tree"]


@pytest.mark.parametrize(("kind", "index", "width", "path"), VECTORS["paths"])
def test_a_tile_has_one_path(kind: str, index: int, width: int, path: str) -> None:
    tile = Tile(None if kind == "entries" else int(kind), index, width)
    assert tile.path == path
    assert parse_tile(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0/0",
        "tile/00/000",
        "tile/6/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/257",
        "tile/entries/000/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/0/" + "x001/" * 9 + "000",
    ],
)
def test_no_other_spelling_is_a_tile(path: str) -> None:
    assert parse_tile(path) is None


def test_the_files_of_a_large_tree() -> None:
    entries = [str(number).encode() for number in range(70_000)]
    subtree = in_memory([leaf_hash(entry) for entry in entries])
    files = {}
    for tile in tiles_of(70_000):
        start = tile.index * 256
        held = bundle(entries[start : start + tile.width]) if tile.level is None else hashes(tile, subtree)
        files[tile.path] = sha256(held).hexdigest()
    expected = LARGE["sha256_of_tile_files"] | LARGE["sha256_of_bundles"]
    assert {path: files[path] for path in expected} == expected
    assert len(files) == 2 * (273 + 1) + 1 + 1 + 1


@pytest.mark.parametrize(
    ("size", "above"),
    [
        (0, []),
        (255, []),
        (256, ["tile/1/000.p/1"]),
        (257, ["tile/1/000.p/1"]),
        (65536, ["tile/1/000", "tile/2/000.p/1"]),
    ],
)
def test_only_full_tiles_are_hashed_into_the_next_level(size: int, above: list[str]) -> None:
    assert [tile.path for tile in tiles_of(size) if tile.level] == above


@given(st.integers(0, 70_000), st.sampled_from([None, 0, 1, 2]), st.integers(0, 300), st.integers(1, 256))
def test_what_a_tree_reaches_is_of_it(size: int, level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    widest = {(one.level, one.index): one.width for one in tiles_of(size)}
    assert is_of(tile, size) == (width <= widest.get((level, index), 0))


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_a_bundle_is_read_as_it_was_written(entries: list[bytes]) -> None:
    data = bundle(entries)
    assert unbundle(data) == entries
    with pytest.raises(ValueError, match="within an entry"):
        unbundle(data + b"\x00\x05abc")
    with pytest.raises(ValueError, match="within an entry"):
        unbundle(data + b"\x00")
