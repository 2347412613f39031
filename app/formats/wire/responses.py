"""The batch of responses as it travels: JSON, read with msgspec."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from app.domain.json_value import JsonObject, is_within
from app.domain.problem import Problem
from app.domain.responses.response import (
    BATCH_LIMIT,
    BATCH_MALFORMED,
    BATCH_TOO_MANY,
    BODY_LIMIT,
    DEEPEST,
    RESPONSE_MALFORMED,
    RESPONSE_TOO_DEEP,
    RESPONSE_TOO_LARGE,
    RESPONSE_VERSION,
    SEALED_LIMIT,
)
from app.formats.wire.splitting import split_items

VERSION = 2
#: from this format on a device makes the confirmation number
WITH_RECEIPT = 2

Identifier = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
#: in base64url, in the one spelling that they have
_SIXTEEN_BYTES = "^[A-Za-z0-9_-]{21}[AQgw]$"
#: as forms name them: `formats/xlsform/columns.py`
Language = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")]
Text80 = Annotated[str, msgspec.Meta(max_length=80)]


class Item(msgspec.Struct, forbid_unknown_fields=True):
    """One response. Frozen: what is stored on phones for months must still be readable, in format 1 too.

    `week` is any day of the week the device says it was answered in. `body` is the JSON object of the
    answers where `kid` is null, and the sealed text where it names a sealing key. `receipt` is what format 2 adds: 16
    random bytes in base64url, of which the confirmation number is made. The last three come from enrolled devices.
    """

    v: Annotated[int, msgspec.Meta(ge=1, le=255)]
    id: UUID
    token: Text80
    survey_version: Identifier
    language: Language
    stamp: Text80
    body: msgspec.Raw
    week: date | None = None
    kid: Annotated[int, msgspec.Meta(ge=0, le=255)] | None = None
    receipt: Annotated[str, msgspec.Meta(pattern=_SIXTEEN_BYTES)] | None = None
    device: Text80 | None = None
    sequence: Annotated[int, msgspec.Meta(ge=1, le=2**53)] | None = None
    signature: Annotated[str, msgspec.Meta(max_length=200)] | None = None


_CLEAR = tuple(name for name in Item.__struct_fields__ if name not in ("body", "signature"))


class ResponseBatch(msgspec.Struct):
    responses: list[msgspec.Raw]


class _OnlyId(msgspec.Struct):
    id: UUID


class _OnlyFormat(msgspec.Struct):
    v: int = VERSION


_batch = msgspec.json.Decoder(ResponseBatch)
_item = msgspec.json.Decoder(Item)
_only_format = msgspec.json.Decoder(_OnlyFormat)
_only_id = msgspec.json.Decoder(_OnlyId)
_text = msgspec.json.Decoder(str)
_answers = msgspec.json.Decoder(dict[str, Any])
# In JSON a letter beyond U+FFFF may be two escapes; either of them alone is none.
_ESCAPE = re.compile(
    rb"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|(\\.)", re.DOTALL
)
_ID = re.compile(rb"\"id\"\s*:\s*\"([0-9a-fA-F-]{36})\"")


def read_batch(raw: bytes) -> list[msgspec.Raw]:
    """The items of a request, each still as bytes; Problem `batch.malformed` or `batch.too_many`.

    What cannot be read inside of one item is no reason to refuse the others.
    """
    try:
        items = _batch.decode(raw).responses
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        items = _items_apart(raw, _why(error))
    if len(items) > BATCH_LIMIT:
        raise Problem(BATCH_TOO_MANY, limit=BATCH_LIMIT)
    return items


def _items_apart(raw: bytes, why: str) -> list[msgspec.Raw]:
    try:
        split = split_items(raw)
    except ValueError:
        raise Problem(BATCH_MALFORMED, why=why) from None
    if not split.whole:
        raise Problem(BATCH_MALFORMED, why=why)
    return [msgspec.Raw(without_half_letters(item)) for item in split.items]


def read_item(raw: msgspec.Raw) -> Item:
    """One item; Problem `response.…` with the place and the reason if it cannot be read."""
    try:
        # Before anything else: what a newer format holds is not for this server to judge.
        if (v := _only_format.decode(raw).v) > VERSION:
            raise Problem(RESPONSE_VERSION, v=v)
        item = _item.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(RESPONSE_MALFORMED, why=_why(error)) from None
    if item.id.version != 4:
        # Other kinds hold the time at which they were made.
        raise Problem(RESPONSE_MALFORMED, why="the id must be a random UUID (version 4)")
    if (item.receipt is not None) != (item.v >= WITH_RECEIPT):
        raise Problem(RESPONSE_MALFORMED, why="a receipt belongs to format 2, and is part of it")
    limit = BODY_LIMIT if item.kid is None else SEALED_LIMIT
    if len(bytes(item.body)) > limit:
        raise Problem(RESPONSE_TOO_LARGE, limit=limit)
    return item


def clear_fields(item: Item) -> dict[str, object]:
    """The fields that a seal is bound to and a device signs, as they travel; see `sealing.canonical`."""
    return {name: getattr(item, name) for name in _CLEAR}


def read_sealed(item: Item) -> str:
    """The sealed text of a body; Problem `response.malformed` if it is not a text."""
    try:
        return _text.decode(item.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Problem(RESPONSE_MALFORMED, why=_why(error)) from None


def read_answers(body: bytes) -> JsonObject:
    """The answers of a plain body; Problem `response.malformed` if it is not a JSON object.

    Problem `response.too_deep` for what no question asks for: a page could not show it later.
    """
    try:
        answers = _answers.decode(without_half_letters(body) if b"\\u" in body else body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Problem(RESPONSE_MALFORMED, why=_why(error)) from None
    except RecursionError:
        raise Problem(RESPONSE_TOO_DEEP) from None
    # Of most answers the number of brackets says it: what stands in another has one of its own.
    if body.count(b"{") + body.count(b"[") > DEEPEST and not is_within(answers, DEEPEST):
        raise Problem(RESPONSE_TOO_DEEP)
    return answers


def without_half_letters(raw: bytes) -> bytes:
    """A field that counts letters can cut one in two, and then a phone sends half of it: no reason to lose the rest."""
    return _ESCAPE.sub(lambda found: found[0] if found[1] or found[2] else rb"\ufffd", raw)


def read_id(raw: msgspec.Raw) -> UUID | None:
    """The id of an item that cannot be read otherwise, so that its sender can tell which it was."""
    try:
        return _only_id.decode(raw).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = set(_ID.findall(bytes(raw)))
    try:
        return UUID(found.pop().decode()) if len(found) == 1 else None
    except ValueError:
        return None


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
