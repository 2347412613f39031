"""The tree: vectors that an independent implementation accepted, and random trees."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.record.merkle import (
    EMPTY_ROOT,
    consistency_path,
    in_memory,
    inclusion_path,
    is_consistent,
    leaf_hash,
    root,
    root_from_path,
    root_of,
)

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "record.json").read_text("utf-8"))
TREE, LARGE = VECTORS["tree"], VECTORS["large_tree"]
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in TREE["leaves_hex"]]
MANY = [leaf_hash(str(number).encode()) for number in range(70_000)]
SUBTREE, OF_MANY = in_memory(LEAVES), in_memory(MANY)


def hexed(path: list[bytes]) -> list[str]:
    return [step.hex() for step in path]


def test_every_tree_has_its_root() -> None:
    assert EMPTY_ROOT.hex() == TREE["empty_root"] == root_of([]).hex()
    assert [root(size, SUBTREE).hex() for size in range(1, 9)] == TREE["roots"]
    assert {size: root(int(size), OF_MANY).hex() for size in LARGE["roots"]} == LARGE["roots"]


@pytest.mark.parametrize("vector", TREE["inclusion"], ids=str)
def test_a_leaf_has_its_path(vector: dict[str, Any]) -> None:
    assert hexed(inclusion_path(vector["index"], vector["size"], SUBTREE)) == vector["path"]


@pytest.mark.parametrize("vector", TREE["consistency"], ids=str)
def test_a_grown_tree_has_its_path(vector: dict[str, Any]) -> None:
    assert hexed(consistency_path(vector["old"], vector["new"], SUBTREE)) == vector["path"]


def test_paths_of_a_large_tree() -> None:
    found = LARGE["inclusion"]
    path = inclusion_path(found["index"], found["size"], OF_MANY)
    assert hexed(path) == found["path"]
    assert root_from_path(MANY[found["index"]], found["index"], 70_000, path).hex() == LARGE["roots"]["70000"]
    grown = LARGE["consistency"]
    assert hexed(consistency_path(grown["old"], grown["new"], OF_MANY)) == grown["path"]


@given(st.integers(1, 600), st.data())
def test_the_path_of_every_leaf_leads_to_the_root_and_that_of_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    whole = root(size, OF_MANY)
    path = inclusion_path(index, size, OF_MANY)
    assert root_from_path(MANY[index], index, size, path) == whole
    assert root_from_path(MANY[size], index, size, path) != whole
    for wrong in ([*path, whole], path[:-1]):
        if wrong != path:
            with pytest.raises(ValueError, match="too"):
                root_from_path(MANY[index], index, size, wrong)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert root_from_path(MANY[index], index, size, [*path[:at], whole, *path[at + 1 :]]) != whole


@given(st.integers(0, 600), st.integers(0, 600), st.data())
def test_only_a_tree_that_grew_is_consistent(some: int, more: int, data: st.DataObject) -> None:
    old, new = sorted((some, more))
    before, after = root(old, OF_MANY), root(new, OF_MANY)
    path = consistency_path(old, new, OF_MANY)
    assert is_consistent(old, before, new, after, path)
    assert not is_consistent(old, before, new, after, [*path, after])
    assert not is_consistent(old, MANY[0], new, after, path) or (old == 1)
    if old:
        assert not is_consistent(old, before, new, MANY[-1], path)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not is_consistent(old, before, new, after, path[:at] + path[at + 1 :])
        assert not is_consistent(old, before, new, after, [*path[:at], MANY[-1], *path[at + 1 :]])
        assert not is_consistent(new, after, old, before, path)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_what_is_not_in_the_tree_has_no_path(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion_path(index, size, SUBTREE)
    with pytest.raises(ValueError, match="not among"):
        root_from_path(LEAVES[0], index, size, [])


def test_a_tree_does_not_shrink() -> None:
    with pytest.raises(IndexError):
        consistency_path(4, 3, SUBTREE)
