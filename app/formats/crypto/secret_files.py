"""The secrets of an installation: drawn, written to their file, and written on paper so that they can be typed."""

import base64
import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.config import Secrets
from app.domain.problem import Problem, ProblemType

SHEET_LINE_WRONG = ProblemType(
    "keys.line_wrong", 422, "Line %(label)s does not fit its check letters: compare it with the paper."
)
SHEET_LINE_MISSING = ProblemType("keys.line_missing", 422, "Line %(label)s is missing.")
SHEET_EMPTY = ProblemType("keys.sheet_empty", 422, "There is no line of a key-recovery sheet in this text.")

_BYTES = 32
_NAMES = ("SESSION", "AUDIT", "ACCOUNTS", "RECEIPTS")
_RECORD = "RECORD"
_HALVES = (1, 2)
_DATA, _CHECK, _GROUP = 26, 2, 4
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# Base32 has no 0, 1 and 8; who types them means the letters that look like them.
_LOOK_ALIKE = str.maketrans("018", "OIB")
_LINE = re.compile(r"^\s*([A-Z]+(?:-[0-9]{1,3})?)-([12])\s*:\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Half a secret: 26 characters of base32 and two that check them, in groups of four."""

    label: str
    text: str


def draw_secrets() -> Secrets:
    """New secrets, each for one purpose, with signing key 0 and sealing key 1."""
    one, two, three, four, five, signing, sealing = (secrets.token_bytes(_BYTES) for _ in range(7))
    numbered = {"signing": {0: signing}, "sealing": {1: sealing}}
    return Secrets(session=one, audit=two, accounts=three, receipts=four, record=five, **numbered)


def draw_secret() -> bytes:
    """A further signing key, the seed of a further sealing key, or of the key of the record."""
    return secrets.token_bytes(_BYTES)


def write_secrets(path: Path, held: Secrets) -> None:
    """Write them where `Secrets.from_file` reads them: all or nothing, readable by the owner alone."""
    document: dict[str, object] = {name.lower(): value.hex() for name, value in _single(held)}
    for purpose, keys in _numbered(held):
        document[purpose.lower()] = {str(key): value.hex() for key, value in keys.items()}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    write_private(path, json.dumps(document, indent=1))


def write_private(path: Path, text: str) -> None:
    """Readable by its owner alone from the first byte on, and never half there."""
    scratch = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        scratch.unlink()
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError:
        # On a full disk, half of the secrets must not lie about either.
        scratch.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # The new name is on the disk as well, not only what stands under it.
        os.fsync(folder)
    finally:
        os.close(folder)


def sheet_lines(held: Secrets) -> tuple[SheetLine, ...]:
    """Everything, two lines a secret."""
    return tuple(line for name, value in _named(held) for line in _lines_of(name, value))


def read_sheet(text: str) -> Secrets:
    """The secrets of a typed or pasted sheet; a Problem whose parts name every line that is wrong or missing."""
    typed = {match[1].upper() + "-" + match[2]: match[3] for match in map(_LINE.match, text.splitlines()) if match}
    if not typed:
        raise Problem(SHEET_EMPTY)
    faults: list[Problem] = []
    own = {name.lower(): _read_secret(name, typed, faults) for name in _NAMES}
    # Sheets of versions that kept no record have no line of it.
    has_record = any(label.startswith(f"{_RECORD}-") for label in typed)
    record = _read_secret(_RECORD, typed, faults) if has_record else b""
    signing = _read_keys("SIGNING", typed, faults, at_least=frozenset({0}))
    sealing = _read_keys("SEALING", typed, faults)
    if faults:
        raise faults[0] if len(faults) == 1 else Problem(faults[0].type, parts=faults[1:], **faults[0].details)
    return Secrets(**own, signing=signing, sealing=sealing, record=record)


def is_typed_right(line: SheetLine, typed: str) -> bool:
    """Whether somebody typed this line of the sheet, however it was grouped."""
    return secrets.compare_digest(_plain(line.text), _plain(typed.partition(":")[2] or typed))


def _named(held: Secrets) -> list[tuple[str, bytes]]:
    keys = [(f"{purpose}-{key}", seed) for purpose, seeds in _numbered(held) for key, seed in sorted(seeds.items())]
    return _single(held) + keys


def _single(held: Secrets) -> list[tuple[str, bytes]]:
    own = [("SESSION", held.session), ("AUDIT", held.audit), ("ACCOUNTS", held.accounts), ("RECEIPTS", held.receipts)]
    return own + ([(_RECORD, held.record)] if held.record else [])


def _numbered(held: Secrets) -> tuple[tuple[str, Mapping[int, bytes]], ...]:
    return ("SIGNING", held.signing), ("SEALING", held.sealing)


def _lines_of(name: str, value: bytes) -> list[SheetLine]:
    data = base64.b32encode(value).decode("ascii").rstrip("=")
    lines = []
    for half in _HALVES:
        label, part = f"{name}-{half}", data[(half - 1) * _DATA : half * _DATA]
        whole = part + _check(label, part)
        lines.append(SheetLine(label, " ".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))))
    return lines


def _read_secret(name: str, typed: dict[str, str], faults: list[Problem]) -> bytes:
    data = ""
    for label in (f"{name}-{half}" for half in _HALVES):
        if label not in typed:
            faults.append(Problem(SHEET_LINE_MISSING, label=label))
            continue
        plain = _plain(typed[label])
        part = plain[:_DATA]
        if len(plain) != _DATA + _CHECK or not set(plain) <= set(_ALPHABET) or plain[_DATA:] != _check(label, part):
            faults.append(Problem(SHEET_LINE_WRONG, label=label))
        data += part
    return base64.b32decode(data + "====") if not faults else b""


def _read_keys(
    purpose: str, typed: dict[str, str], faults: list[Problem], at_least: frozenset[int] = frozenset()
) -> dict[int, bytes]:
    """The keys of a purpose by their numbers, as many as the sheet names, and those that every sheet has."""
    numbers = {int(label.split("-")[1]) for label in typed if label.startswith(f"{purpose}-")}
    return {key: _read_secret(f"{purpose}-{key}", typed, faults) for key in sorted(numbers or at_least)}


def _plain(text: str) -> str:
    """Capitals without spaces and hyphens; every other sign stays, to be found wrong."""
    return re.sub(r"[\s-]", "", text).upper().translate(_LOOK_ALIKE)


def _check(label: str, data: str) -> str:
    """Ten bits over the label and the data, so that lines cannot be exchanged either."""
    digest = hashlib.sha256(f"samvad.sheet:{label}:{data}".encode()).digest()
    return _ALPHABET[digest[0] % 32] + _ALPHABET[digest[1] % 32]
