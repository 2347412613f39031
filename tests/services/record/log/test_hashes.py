"""Hashes that are stored give the roots and paths of the whole tree."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.domain.record.merkle import consistency_path, in_memory, inclusion_path, leaf_hash, root_of
from app.services.record.log.hashes import append_hashes, nodes_between, root_at, subtree_of

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize("steps", [(1, 255, 1, 1), (300, 211, 2), (513,), (65_536, 3)])
def test_however_they_came(session: Session, steps: tuple[int, ...]) -> None:
    leaves: list[bytes] = []
    for step in steps:
        new = [leaf_hash(str(len(leaves) + at).encode()) for at in range(step)]
        append_hashes(session, len(leaves), new)
        leaves += new
    size = len(leaves)
    whole, stored = in_memory(leaves), subtree_of(session)
    assert root_at(session, size) == root_of(leaves)
    assert root_at(session, size - 1) == root_of(leaves[:-1])
    assert inclusion_path(size // 2, size, stored) == inclusion_path(size // 2, size, whole)
    assert consistency_path(size - 1, size, stored) == consistency_path(size - 1, size, whole)
    assert len(nodes_between(session, 1, 0, 300)) == size // 256
