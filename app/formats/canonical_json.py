"""JSON in its one form, for what is stored, compared, signed or sealed."""

import json
import re

import msgspec

from app.domain.json_value import JsonObject, cut_off_below

_MARK = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]')
_SHOWN_DEPTH = 8


def write_json(value: object) -> bytes:
    """Compact JSON with sorted keys: the canonical form of answers and definitions."""
    return msgspec.json.encode(value, order="sorted")


def read_to_show(text: str) -> JsonObject:
    """What was stored, for a page; "…" for what is nested deeper than any answer.

    Nothing like it is taken in any more, but it may stand from earlier, and must not keep a page from all else.
    """
    try:
        stored: JsonObject = json.loads(text)
    except RecursionError:
        stored = json.loads(_cut_off(text))
    return {name: cut_off_below(value, _SHOWN_DEPTH - 1) for name, value in stored.items()}


def _cut_off(text: str) -> str:
    """The same on the text alone: a reader of JSON calls itself once for each bracket."""
    kept: list[str] = []
    depth = at = 0
    for mark in _MARK.finditer(text):
        if mark[0] in "[{":
            if depth == _SHOWN_DEPTH:
                kept.append(text[at : mark.start()] + '"…"')
            depth += 1
        elif mark[0] in "]}":
            depth -= 1
            if depth == _SHOWN_DEPTH:
                at = mark.end()
    return "".join([*kept, text[at:]])
