"""Files of responses: what a phone that found no network saved, a batch of any length."""

from dataclasses import dataclass

import msgspec
from msgspec import Raw

from app.domain.problem import Problem
from app.domain.responses.response import BATCH_MALFORMED
from app.formats.wire.responses import ResponseBatch
from app.formats.wire.splitting import split_items

#: bytes of one file; thirty thousand sealed answers
MOST_BYTES = 32 * 1024 * 1024


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
        try:
            split = split_items(content)
        except ValueError:
            raise Problem(BATCH_MALFORMED, why=str(error) or type(error).__name__) from None
        return ResponseFile(tuple(map(Raw, split.items)), broken_off=not split.whole)
