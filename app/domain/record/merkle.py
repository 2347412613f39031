"""The tree over the entries, and what proves that one lies in it and that it only grew (RFC 6962, RFC 9162 §2.1).

A tree is read by its complete subtrees: `subtree(level, index)` is the hash over the 2**level leaves that begin at
index * 2**level. Tiles hold exactly these, so a proof costs a few reads, however large the tree.
"""

import hashlib
from collections.abc import Callable, Sequence

Subtree = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry's bytes; the 00 keeps it from being taken for one of two others."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over these leaves."""
    return root(len(leaf_hashes), in_memory(leaf_hashes))


def in_memory(leaf_hashes: Sequence[bytes]) -> Subtree:
    """The complete subtrees over these leaves."""
    levels = [list(leaf_hashes)]
    while len(below := levels[-1]) > 1:
        levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
    return lambda level, index: levels[level][index]


def root(size: int, subtree: Subtree) -> bytes:
    """The root over the first `size` leaves."""
    return _over(0, size, subtree) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """What leads from a leaf to the root over the first `size`, nearest first. IndexError if it is not among them."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} is not among the first {size}")
    path, start = [], 0
    while size > 1:
        left = _left_of(size)
        if index - start < left:
            path.append(_over(start + left, size - left, subtree))
            size = left
        else:
            path.append(_over(start, left, subtree))
            start, size = start + left, size - left
    return path[::-1]


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """What shows that the first `new` leaves begin with the first `old`. IndexError if they cannot."""
    if not 0 <= old <= new:
        raise IndexError(f"a tree of {old} did not grow to {new}")
    if not old:
        return []
    path, start, is_whole = [], 0, True
    while old != new:
        left = _left_of(new)
        if old <= left:
            path.append(_over(start + left, new - left, subtree))
            new = left
        else:
            path.append(_over(start, left, subtree))
            start, old, new, is_whole = start + left, old - left, new - left, False
    # The old root itself is known to whoever asks, so it is left out where it is a subtree.
    return [*([] if is_whole else [_over(start, new, subtree)]), *path[::-1]]


def root_from_path(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that this path leads to. ValueError if it is longer or shorter than one of such a tree."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not among the first {size}")
    at, last, made = index, size - 1, leaf_hash
    for sibling in path:
        if not last:
            raise ValueError("the path is too long")
        if at % 2 or at == last:
            made = node_hash(sibling, made)
            at, last = _past_single(at, last)
        else:
            made = node_hash(made, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return made


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether this path shows that the tree of `new` leaves begins with the tree of `old`."""
    if not 0 < old < new:
        is_start = old_root == EMPTY_ROOT if old == 0 else old == new and old_root == new_root
        return not path and is_start
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = _past_right(old - 1, new - 1)
    of_old = of_new = steps[0]
    for sibling in steps[1:]:
        if not last:
            return False
        if at % 2 or at == last:
            of_old, of_new = node_hash(sibling, of_old), node_hash(sibling, of_new)
            at, last = _past_single(at, last)
        else:
            of_new = node_hash(of_new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and of_old == old_root and of_new == new_root


def _past_single(at: int, last: int) -> tuple[int, int]:
    """Past the levels on which nothing stands beside a node at the right edge."""
    while at and not at % 2:
        at, last = at >> 1, last >> 1
    return at, last


def _past_right(at: int, last: int) -> tuple[int, int]:
    """Past the levels on which the node is a right one: up to the largest subtree that ends with it."""
    while at % 2:
        at, last = at >> 1, last >> 1
    return at, last


def _over(start: int, size: int, subtree: Subtree) -> bytes:
    """The hash over `size` leaves from a place on that a tree of so many may begin at."""
    whole = []
    while size:
        level = size.bit_length() - 1
        whole.append(subtree(level, start >> level))
        start, size = start + (1 << level), size - (1 << level)
    made = whole.pop()
    while whole:
        made = node_hash(whole.pop(), made)
    return made


def _left_of(size: int) -> int:
    """How many leaves lie to the left: the largest power of two below the size."""
    return int(1 << ((size - 1).bit_length() - 1))
