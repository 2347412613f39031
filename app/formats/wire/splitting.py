"""The items of a batch that its reader refuses as a whole, found by their brackets and quotation marks alone.

One answer that is nested too deep, or holds half of a letter, makes a reader of JSON refuse all that travels with it.
Here nothing inside an item is read, so that each can be judged by itself; letter for letter, since signatures are over
letters.
"""

import re
from dataclasses import dataclass

_BEGINNING = re.compile(rb"\s*\{\s*\"responses\"\s*:\s*\[")
_BETWEEN = re.compile(rb"[\s,]*+")
_MARK = re.compile(rb"\"(?:[^\"\\]|\\.)*+\"|[\[{]+|[\]}]+|\"", re.DOTALL)
_PLAIN = re.compile(rb"\"(?:[^\"\\]|\\.)*+\"|[^\s,\[\]{}\"]+", re.DOTALL)
_END = re.compile(rb"\]\s*+(?:,.*)?\}\s*", re.DOTALL)
#: brackets and texts in all; half a second of work, and many times what a full file of a phone holds
_MOST_MARKS = 2_000_000


@dataclass(frozen=True, slots=True)
class Split:
    """The items, each as its bytes. `whole` unless the list ends before its bracket does."""

    items: tuple[bytes, ...]
    whole: bool


def split_items(content: bytes) -> Split:
    """What stands in the list of a batch; ValueError for what is no batch at all."""
    if not (beginning := _BEGINNING.match(content)):
        raise ValueError("it does not begin like a batch of responses")
    items: list[bytes] = []
    marks = 0
    at = beginning.end()
    while True:
        start = _BETWEEN.match(content, at).end()  # type: ignore[union-attr]
        if content[start : start + 1] == b"]":
            return Split(tuple(items), whole=_END.fullmatch(content, start) is not None)
        end, met = _end_of_item(content, start)
        marks += met
        if marks > _MOST_MARKS:
            raise ValueError("it holds too many brackets")
        if end is None:
            return Split(tuple(items), whole=False)
        items.append(content[start:end])
        at = end


def _end_of_item(content: bytes, start: int) -> tuple[int | None, int]:
    """Where the value ends that begins here, and how many marks it has; None if it does not end."""
    if content[start : start + 1] not in (b"{", b"["):
        plain = _PLAIN.match(content, start)
        # What runs to the end of the file may have lost letters.
        return (plain.end() if plain and plain.end() < len(content) else None), 1
    depth = met = 0
    for met, mark in enumerate(_MARK.finditer(content, start), 1):
        letter, length = content[mark.start()], mark.end() - mark.start()
        if letter in b"[{":
            depth += length
        elif letter in b"]}":
            if length >= depth:
                return mark.start() + depth, met
            depth -= length
        elif length == 1 or met > _MOST_MARKS:
            break
    return None, met
