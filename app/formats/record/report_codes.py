"""The code on a printed report: a whole checkpoint and the digest of the report's figures.

Whoever keeps the paper holds the record to what it was on that day, without knowing it. 220 capitals and digits, so
that a QR code takes them in its small alphabet.
"""

import base64
from dataclasses import dataclass

from app.formats.record.notes import (
    HASH_BYTES,
    KEY_ID_BYTES,
    SIGNATURE_BYTES,
    checkpoint_text,
    open_checkpoint,
    read_vkey,
    signature_of,
)

LENGTH = 220
_VERSION = 1
_SIZE_BYTES = 4
_RAW = 1 + KEY_ID_BYTES + _SIZE_BYTES + HASH_BYTES + SIGNATURE_BYTES + HASH_BYTES


@dataclass(frozen=True, slots=True)
class ReportCode:
    """A checkpoint in parts, and the SHA-256 of the figures that it is printed beside."""

    key_id: bytes
    size: int
    root: bytes
    signature: bytes
    figures: bytes

    @classmethod
    def of(cls, note: str, vkey: str, figures: bytes) -> "ReportCode":
        """The code for figures that this signed checkpoint holds. NoteRefused for a note by another key."""
        checkpoint = open_checkpoint(note, vkey)
        signature = signature_of(note, vkey)
        return cls(read_vkey(vkey).key_id, checkpoint.size, checkpoint.root, signature, figures)

    def holds(self, origin: str, vkey: str) -> bool:
        """Whether the owner of this key signed that the record was so. ValueError if the vkey is none."""
        key = read_vkey(vkey)
        text = checkpoint_text(origin, self.size, self.root)
        return self.key_id == key.key_id and key.holds(self.signature, text.encode("utf-8"))


def write(code: ReportCode) -> str:
    """Its 220 capitals and digits."""
    head = bytes([_VERSION]) + code.key_id + code.size.to_bytes(_SIZE_BYTES)
    return _encode(head + code.root + code.signature + code.figures)


def read(text: str) -> ReportCode:
    """The code of these letters, all large or all small. ValueError if they are not, to the letter, what one is."""
    folded = text.upper()
    if len(text) != LENGTH or not text.isascii() or text not in (folded, text.lower()):
        raise ValueError("a report code has 220 letters and digits")
    # Base32 has spare bits and lenient decoders, and every code must have one spelling.
    raw = base64.b32decode(folded + "=" * (-len(folded) % 8))
    if len(raw) != _RAW or _encode(raw) != folded or raw[0] != _VERSION:
        raise ValueError("this is no report code")
    parts, at = [], 1
    for length in (KEY_ID_BYTES, _SIZE_BYTES, HASH_BYTES, SIGNATURE_BYTES, HASH_BYTES):
        parts.append(raw[at : at + length])
        at += length
    key_id, size, root, signature, figures = parts
    return ReportCode(key_id, int.from_bytes(size), root, signature, figures)


def _encode(raw: bytes) -> str:
    return base64.b32encode(raw).rstrip(b"=").decode("ascii")
