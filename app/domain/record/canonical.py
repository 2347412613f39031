"""The bytes of an entry: JSON in the one form in which anybody, by any program, would write it.

A strict part of RFC 8785. Whoever reads a spelling that this would not have written knows that it was not.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NoReturn

Value = str | int | bool | list["Value"] | dict[str, "Value"]

MOST_BYTES = 16 * 1024
#: JavaScript and most readers of JSON hold integers exactly up to this one
MOST = 2**53 - 1

# ASCII, so that code points, UTF-16 and bytes sort alike.
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_CONTROL = re.compile(r"[\x00-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class NotCanonical(ValueError):
    """What was given has no canonical form, or is not in it; its text says why."""


def to_bytes(entry: Mapping[str, Value]) -> bytes:
    """The entry in its canonical form. NotCanonical for what no entry may hold."""
    try:
        _check(entry)
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except RecursionError:
        raise NotCanonical("nested without end") from None
    written = text.encode("utf-8")
    if len(written) > MOST_BYTES:
        raise NotCanonical(f"more than {MOST_BYTES} bytes")
    return written


def from_bytes(data: bytes) -> dict[str, Value]:
    """The entry that these bytes are the canonical form of. NotCanonical if they are not that of any."""
    if len(data) > MOST_BYTES:
        raise NotCanonical(f"more than {MOST_BYTES} bytes")
    try:
        entry = json.loads(
            data.decode("utf-8"), object_pairs_hook=_once_each, parse_float=_no_float, parse_constant=_no_float
        )
    except NotCanonical:
        raise
    except RecursionError:
        raise NotCanonical("nested without end") from None
    except ValueError as error:
        raise NotCanonical("it is no JSON in UTF-8") from error
    if not isinstance(entry, dict):
        raise NotCanonical("it is no object")
    if to_bytes(entry) != data:
        raise NotCanonical("it is written in another way")
    return entry


def _check(value: object) -> None:
    if isinstance(value, bool):
        return
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):
        if abs(value) > MOST:
            raise NotCanonical("an integer that is too large")
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise NotCanonical("a key that is not of small letters")
            _check(part)
    else:
        raise NotCanonical(f"a value of the kind {type(value).__name__}")


def _check_text(text: str) -> None:
    if _SURROGATE.search(text):
        raise NotCanonical("half of a pair of surrogates")
    if _CONTROL.search(text):
        raise NotCanonical("a control character")
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("a text that is not NFC")


def _once_each(pairs: Sequence[tuple[str, Value]]) -> dict[str, Value]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise NotCanonical("a key twice")
    return made


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(f"{text[:20]} is no integer")
