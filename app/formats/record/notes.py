"""Checkpoints as signed notes, by Ed25519: c2sp.org/signed-note, tlog-checkpoint and tlog-cosignature."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HASH_BYTES = 32
SIGNATURE_BYTES = 64
KEY_ID_BYTES = 4
#: a note from outside with more is not read: nobody needs so many witnesses
MOST_SIGNATURES = 100

_LOG, _WITNESS = 1, 4
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")
_VKEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_TIME_BYTES = 8
#: of the calendar that we compute with
_LAST_SECOND = int(datetime(2999, 12, 31, tzinfo=UTC).timestamp())


class NoteRefused(ValueError):
    """A note that proves nothing; its text says why, as the record's verifier says behind "checkpoint: "."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many entries the record of this origin had, and the root over them."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class RecordKey:
    """A key that signs: 32 secret bytes and a name, for checkpoints the origin of the record."""

    name: str
    seed: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature line names the key."""
        return _key_id(self.name, _LOG, self._public())

    @property
    def vkey(self) -> str:
        """The public key as it is handed out."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([_LOG]) + self._public())}"

    def sign(self, text: str) -> str:
        """The whole note: text, empty line, signature line. ValueError for a text that is no note's."""
        if not text.endswith("\n") or any(letter < " " and letter != "\n" for letter in text):
            raise ValueError("a note is lines, each with its end, and has no control characters")
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode("utf-8"))
        return f"{text}\n— {self.name} {to_base64(self.key_id + signature)}\n"

    def _public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A vkey, read."""

    name: str
    kind: int
    raw: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature line names the key."""
        return _key_id(self.name, self.kind, self.raw)

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Whether its owner signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def read_vkey(vkey: str) -> PublicKey:
    """The public key of a log or a witness; ValueError if the text is none."""
    found = _VKEY.fullmatch(vkey)
    raw = from_base64(found[3]) if found else b""
    if not found or len(raw) != 1 + HASH_BYTES or raw[0] not in (_LOG, _WITNESS):
        raise ValueError("this is no public key of a record or a witness")
    key = PublicKey(found[1], raw[0], raw[1:])
    if key.key_id.hex() != found[2]:
        raise ValueError("this public key was mistyped: its parts do not belong together")
    return key


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """What a checkpoint's signature is over."""
    return f"{origin}\n{size}\n{to_base64(root)}\n"


def open_checkpoint(note: str, vkey: str) -> Checkpoint:
    """The checkpoint that the owner of this key signed. NoteRefused if that cannot be said of it."""
    key = read_vkey(vkey)
    text, _ = _parted(note)
    origin, *lines = text[:-1].split("\n")
    if origin != key.name:
        raise NoteRefused(f"it is of {origin}, not of {key.name}")
    signature_of(note, vkey)
    # Witnesses vouch for three lines, and the code on paper can rebuild no more than these.
    if len(lines) > 2:
        raise NoteRefused("extension lines, which no witness vouches for, are not allowed")
    if not lines or not _SIZE.fullmatch(lines[0]):
        raise NoteRefused("its size is not a number")
    try:
        root = from_base64("".join(lines[1:]))
    except ValueError:
        root = b""
    if len(root) != HASH_BYTES or text != checkpoint_text(origin, int(lines[0]), root):
        raise NoteRefused("its root is not a hash")
    return Checkpoint(origin, int(lines[0]), root)


def signature_of(note: str, vkey: str) -> bytes:
    """The 64 bytes by which the log's key signed this note. NoteRefused if it did not."""
    key = read_vkey(vkey)
    text, signatures = _parted(note)
    signature = _signature_by(key, signatures)
    if signature is None:
        raise NoteRefused("not signed by the key that you gave")
    if not key.holds(signature, text.encode("utf-8")):
        raise NoteRefused(f"the signature of {key.name} does not hold")
    return signature


def is_signed_by(note: str, vkey: str) -> bool:
    """Whether the log's key signed this note."""
    try:
        signature_of(note, vkey)
    except NoteRefused:
        return False
    return True


def cosignature_of(note: str, vkey: str) -> datetime | None:
    """When this witness saw that the record only grew up to here; None if it did not sign. NoteRefused if forged."""
    key = read_vkey(vkey)
    if key.kind != _WITNESS:
        raise ValueError("this is not the key of a witness")
    text, signatures = _parted(note)
    stamped = _signature_by(key, signatures)
    if stamped is None:
        return None
    seconds = int.from_bytes(stamped[:_TIME_BYTES])
    message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    if len(stamped) != _TIME_BYTES + SIGNATURE_BYTES or not key.holds(stamped[_TIME_BYTES:], message):
        raise NoteRefused(f"the signature of {key.name} does not hold")
    if seconds > _LAST_SECOND:
        raise NoteRefused(f"the time of {key.name} is none")
    return datetime.fromtimestamp(seconds, UTC)


def line_of(note: str, vkey: str) -> str:
    """The line that the owner of this key put below, to be put below another copy of the note. NoteRefused if none."""
    key = read_vkey(vkey)
    signature = _signature_by(key, _parted(note)[1])
    if signature is None:
        raise NoteRefused(f"not signed by the witness {key.name}")
    return f"— {key.name} {to_base64(key.key_id + signature)}"


def cosigned_at(line: str) -> datetime:
    """When a witness signed, by its line, whose signature was seen to hold before."""
    stamped = _read_signature(line)[1][KEY_ID_BYTES:]
    return datetime.fromtimestamp(int.from_bytes(stamped[:_TIME_BYTES]), UTC)


def to_base64(raw: bytes) -> str:
    """Base64 with padding, as notes are written."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes of such a text; ValueError for any spelling that `to_base64` would not have chosen."""
    raw = base64.b64decode(text, validate=True)
    if to_base64(raw) != text:
        raise ValueError("base64 in another spelling")
    return raw


def _parted(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Text and signatures of a note, each with the name of its key."""
    text, parting, below = note.rpartition("\n\n")
    lines = below.split("\n")
    if not parting or not text or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES:
        raise NoteRefused("it is not a signed note")
    if any(letter < " " and letter != "\n" for letter in note):
        raise NoteRefused("it is not a signed note")
    return text + "\n", [_read_signature(line) for line in lines]


def _read_signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE_LINE.fullmatch(line)
    try:
        raw = from_base64(found[2]) if found else b""
    except ValueError:
        raw = b""
    if found is None or len(raw) <= KEY_ID_BYTES:
        raise NoteRefused("it is not a signed note")
    return found[1], raw


def _signature_by(key: PublicKey, signatures: list[tuple[str, bytes]]) -> bytes | None:
    """What the key of this name and id put below; who else signed is none of its business."""
    of_key = (raw for name, raw in signatures if (name, raw[:KEY_ID_BYTES]) == (key.name, key.key_id))
    raw = next(of_key, None)
    return None if raw is None else raw[KEY_ID_BYTES:]


def _key_id(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode("utf-8") + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]
