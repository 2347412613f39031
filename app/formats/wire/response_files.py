"""Files of responses: what a phone that found no network saved, a batch of any length."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from msgspec import Raw

from app.domain.problem import Problem
from app.domain.responses.response import BATCH_MALFORMED
from app.formats.wire.responses import ResponseBatch

#: bytes of one file; thirty thousand sealed answers
MOST_BYTES = 32 * 1024 * 1024
_BEGINNING = re.compile(r"\s*\{\s*\"responses\"\s*:\s*\[")
_BETWEEN = re.compile(r"\s*,?\s*")


@dataclass(frozen=True, slots=True)
class ResponseFile:
    """The items, each still as bytes. `broken_off` if the file ends before its list does, as after a full stick."""

    items: tuple[Raw, ...]
    broken_off: bool = False


def read_response_file(content: bytes) -> ResponseFile:
    """What stands in a file, and of one that breaks off what is whole; Problem `batch.malformed` for any other."""
    try:
        return ResponseFile(tuple(msgspec.json.decode(content, type=ResponseBatch).responses))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The last letter may have lost a part of its bytes.
        text = content.decode("utf-8", "ignore")
        if not (beginning := _BEGINNING.match(text)):
            raise Problem(BATCH_MALFORMED, why=str(error) or type(error).__name__) from None
        return ResponseFile(tuple(Raw(item.encode()) for item in _whole_items(text, beginning.end())), broken_off=True)


def _whole_items(text: str, at: int) -> Iterator[str]:
    """Letter for letter as they stand there, since signatures are over letters."""
    decoder = json.JSONDecoder()
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        try:
            item, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        if not isinstance(item, dict):
            return
        yield text[at:end]
        at = end
