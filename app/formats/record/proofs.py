"""A proof as a file beside a report: that its entry lies in the record. c2sp.org/tlog-proof."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.record.notes import HASH_BYTES, from_base64, to_base64

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")
_EXTRA = re.compile(r"extra ([A-Za-z0-9+/=]+)")
_MOST_STEPS = 64


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an entry lies, what leads from it to the root, and the signed note with that root.

    What is `extra` is not vouched for by anyone: it is only of use where it leads to an entry that is.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None


def tlog_proof(index: int, path: Sequence[bytes], checkpoint_note: str, extra: bytes | None = None) -> str:
    """The text of such a file."""
    lines = [_FIRST, *([f"extra {to_base64(extra)}"] if extra else []), f"index {index}", *map(to_base64, path)]
    return "\n".join([*lines, "", checkpoint_note])


def read_proof(text: str) -> Proof:
    """The proof that such a file holds; ValueError if it is none. Whether it proves anything is asked elsewhere."""
    head, parting, checkpoint = text.partition("\n\n")
    first, *lines = head.split("\n")
    if first != _FIRST or not parting or not lines:
        raise ValueError("this is no proof of a record")
    extra = _EXTRA.fullmatch(lines[0])
    if extra:
        lines = lines[1:]
    found = _INDEX.fullmatch(lines[0]) if lines else None
    path = tuple(map(from_base64, lines[1:]))
    if not found or len(path) > _MOST_STEPS or any(len(step) != HASH_BYTES for step in path):
        raise ValueError("this is no proof of a record")
    return Proof(int(found[1]), path, checkpoint, from_base64(extra[1]) if extra else None)
