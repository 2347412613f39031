#!/usr/bin/env python3
"""Checks a copy of a department's public record: offline, by itself, with nothing but Python 3.9 or newer.

    python3 samvad-verify.py FOLDER --key VKEY

FOLDER is a copy of all that lies below the department's address /r/record/ (the weekly lists of confirmation numbers
in its folder receipts/). VKEY is the department's key: it stands on the print of every Monday's results. Take it from
paper or from another person, not from where the folder came from.

    --witness VKEY     the key of somebody who signs each state of the record too; may be given several times
    --held FILE        a file `checkpoint` that somebody kept from earlier; may be given several times
    --qr TEXT          what the square code on a printed report says; may be given several times
    --number N         a confirmation number of twelve digits; may be given several times
    --received FILE    the signed proof that a number arrived; may be given several times
    --code TEXT        what the square code of a poster or a link says; may be given several times
    --macs FOLDER      the marks of a week's answers, from an auditor: WEEK.answers and WEEK.verdicts

It says one line for each thing that is wrong, and last how much it looked at. It ends with 0 if nothing is wrong, with
1 if something is, and with 2 if it could not begin. Nothing is sent anywhere, and nothing is written.

What it finds: an entry, a figure or a list that was changed, withdrawn or left out after it was published; a past that
was written anew, if somebody holds an older checkpoint or a printed report; releases that are missing, doubled, too
small or too early; answers that disappeared after they were sealed; a draw that its seed does not give.

What it cannot see: an entry changed, everything rebuilt and signed again, and nobody holds an older checkpoint. Nor
whether what was entered was true in the first place: an answer that was never stored, a visitor who was never asked.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

#: as it is read from JSON: text, whole numbers, yes or no, lists and objects of these
Entry = dict[str, Any]


class Unreadable(Exception):
    """There is nothing to check; its text says why."""


class Wrong(Exception):
    """A finding."""


# ---- Signatures: Ed25519 (RFC 8032, 5.1.7) ---------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

#: X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z
Point = tuple[int, int, int, int]


def added(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * D * p[3] * q[3] % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    product: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            product = added(product, point)
        point = added(point, point)
        number >>= 1
    return product


def same(p: Point, q: Point) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point_of(data: bytes) -> Point | None:
    """None for what is no point, and for a second spelling of one."""
    number = int.from_bytes(data, "little")
    y, odd = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


BASE = (
    15112221349535400772501151409588531511454012693041857206046113283949847762202,
    46316835694926478169428394003475163141307993866256225615783033603165251855960,
    1,
    46827403850823179245072216630277197565144205554125654976674165829533817101731,
)


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Only the one spelling of a signature holds, and none of a key under which anything would."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER or same(times(8, a), (0, 1, 1, 0)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return same(times(s, BASE), added(r, times(k, a)))


# ---- Keys and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature) --------------------------------------

LOG, WITNESS = 1, 4


@dataclass(frozen=True)
class Key:
    """A `vkey`: name+id+base64 of a kind and a public key."""

    name: str
    kind: int
    public: bytes

    @property
    def data(self) -> bytes:
        return bytes([self.kind]) + self.public

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self.data).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.data).decode()}"


def key_of(text: str) -> Key | None:
    """None for what is no key: its parts must fit each other, so that a slip of the pen is seen."""
    name, _, rest = text.partition("+")
    data = from_base64(rest.partition("+")[2])
    if not name or data is None or len(data) != 33 or data[0] not in (LOG, WITNESS):
        return None
    key = Key(name, data[0], data[1:])
    return key if str(key) == text else None


def from_base64(text: str) -> bytes | None:
    """None for every spelling but the one that an encoder writes."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        return None
    return data if base64.b64encode(data).decode() == text else None


@dataclass(frozen=True)
class Checkpoint:
    """So many entries, and the root of the tree over them; `signatures` are (name, key id and signature)."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def text(self) -> bytes:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()

    def signed_by(self, key: Key) -> list[bytes]:
        return [data[4:] for name, data in self.signatures if name == key.name and data[:4] == key.id]


def read_checkpoint(text: str) -> Checkpoint:
    """Wrong if it is written in any other way than a checkpoint is."""
    body, gap, rest = text.partition("\n\n")
    lines = body.split("\n")
    if not gap or len(lines) < 3 or not all(lines):
        raise Wrong("it is not written as a checkpoint is")
    if len(lines) > 3:
        raise Wrong("extension lines, which no witness vouches for, are not allowed")
    if not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]):
        raise Wrong("its size is not a number")
    root = from_base64(lines[2])
    if root is None or len(root) != 32:
        raise Wrong("its root is not a hash")
    signatures = []
    for line in rest.split("\n")[:-1]:
        dash, name, code = (*line.split(" "), "", "", "")[:3]
        signature = from_base64(code)
        if line != f"— {name} {code}" or dash != "—" or not name or signature is None or len(signature) < 5:
            raise Wrong("there is more below it than signatures")
        signatures.append((name, signature))
    if not rest.endswith("\n"):
        raise Wrong("there is more below it than signatures" if rest else "it is not signed")
    return Checkpoint(lines[0], int(lines[1]), root, tuple(signatures))


def check_signed(checkpoint: Checkpoint, keys: list[Key]) -> None:
    """Wrong if none of the keys has signed it, or not this."""
    if checkpoint.origin != keys[0].name:
        raise Wrong(f"it is of {checkpoint.origin}, not of {keys[0].name}")
    signed = [(key, signature) for key in keys for signature in checkpoint.signed_by(key)]
    if not signed:
        raise Wrong("not signed by the key that you gave")
    if not all(signature_holds(key.public, checkpoint.text, signature) for key, signature in signed):
        raise Wrong(f"the signature of {checkpoint.origin} does not hold")


def check_cosigned(checkpoint: Checkpoint, witness: Key) -> None:
    signatures = checkpoint.signed_by(witness)
    if not signatures:
        raise Wrong(f"not signed by the witness {witness.name}")
    for signature in signatures:
        head = f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n"
        if not signature_holds(witness.public, head.encode() + checkpoint.text, signature[8:]):
            raise Wrong(f"the signature of {witness.name} does not hold")


# ---- The tree (RFC 6962) and its files (C2SP tlog-tiles) -------------------------------------------------------------

WIDTH = 256
HASH = 32
#: so many files are named that are missing, before it is said that there is no use in going on
MOST_MISSING = 20


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


class Tree:
    """`levels[l][i]` is the hash over the entries from i·2^l on, for every whole subtree."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.levels = [leaves]
        sha256 = hashlib.sha256
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            pairs = range(0, len(below) - 1, 2)
            self.levels.append([sha256(b"\x01" + below[at] + below[at + 1]).digest() for at in pairs])

    def root(self, size: int) -> bytes:
        """Of the first so many entries."""
        root = b""
        for level in range(size.bit_length()):
            if size >> level & 1:
                peak = self.levels[level][(size >> level) - 1]
                root = hashlib.sha256(b"\x01" + peak + root).digest() if root else peak
        return root or hashlib.sha256(b"").digest()


def tile_path(level: object, number: int, width: int) -> str:
    names = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        names.insert(0, f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(names)}" + (f".p/{width}" if width < WIDTH else "")


class Copy:
    """The folder that is looked at, what is wrong with it, and what is told besides."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.wrong: list[str] = []
        self.told: list[str] = []
        self.missing = 0

    def read(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except (OSError, ValueError):
            return None

    def attempt(self, name: str, check: Callable[..., None], *values: Any) -> bool:
        try:
            check(*values)
        except Wrong as wrong:
            self.wrong.append(f"{name}: {wrong}")
            return False
        return True

    def tile(self, level: object, number: int, width: int) -> list[bytes] | None:
        """So many hashes or entries. A part of a tile may have been taken away since the whole one stands."""
        name = tile_path(level, number, width)
        data = self.read(name)
        if data is None:
            data = self.read(tile_path(level, number, WIDTH))
        if data is None:
            self.missing += 1
            self.wrong.append(f"{name} is missing")
            return None
        parts = framed(data) if level == "entries" else [data[at : at + HASH] for at in range(0, len(data), HASH)]
        if len(parts) not in (width, WIDTH) or (level != "entries" and len(data) % HASH):
            self.wrong.append(f"{name}: it is not as long as it should be")
            return None
        return parts[:width]


def framed(data: bytes) -> list[bytes]:
    """The entries of a bundle, each behind its length in two bytes; none if the last was cut."""
    entries, at = [], 0
    while at < len(data):
        begin = at + 2
        at = begin + int.from_bytes(data[at:begin], "big")
        entries.append(data[begin:at])
    return entries if at == len(data) else []


def tiles_of(size: int) -> Iterator[tuple[int, int]]:
    """Number and width of the tiles of one level that holds so many hashes."""
    for number in range((size + WIDTH - 1) // WIDTH):
        yield number, min(WIDTH, size - number * WIDTH)


def read_tree(copy: Copy, size: int, take: Callable[[int, bytes, bool], None]) -> tuple[Tree | None, bool]:
    """The tree over the entries; each is handed to `take`, with whether its bytes are those that were entered.

    No tree if there are entries of which neither bytes nor hash are there; and whether all bytes are.
    """
    leaves: list[bytes] = []
    whole = True
    for number, width in tiles_of(size):
        hashes, entries = copy.tile(0, number, width), copy.tile("entries", number, width)
        whole = whole and entries is not None
        found = [leaf_hash(data) for data in entries or ()]
        leaves += hashes or found
        for at, data in enumerate(entries or ()):
            entered = hashes is None or hashes[at] == found[at]
            if not entered:
                copy.wrong.append(f"entry {number * WIDTH + at}: its bytes are not those that were entered")
            if whole:
                take(number * WIDTH + at, data, entered)
        if copy.missing > MOST_MISSING:
            return None, False
    return (Tree(leaves) if len(leaves) == size else None), whole


def check_tiles(copy: Copy, tree: Tree, size: int) -> None:
    """Every tile above the lowest ones."""
    for level in range(1, 8):
        above = tree.levels[8 * level] if size >> 8 * level else []
        for number, width in tiles_of(len(above)):
            given = copy.tile(level, number, width)
            if given not in (None, above[number * WIDTH : number * WIDTH + width]):
                copy.wrong.append(f"{tile_path(level, number, width)}: it is not made of the tiles below it")


def check_held(checkpoint: Checkpoint, tree: Tree, size: int) -> None:
    """Wrong if what was signed then is not the beginning of what is shown now."""
    if checkpoint.size > size:
        gone = checkpoint.size - size
        raise Wrong(f"it is of {checkpoint.size} entries, and only {size} are shown now: {gone} were taken away")
    if tree.root(checkpoint.size) != checkpoint.root:
        raise Wrong(f"the first {checkpoint.size} entries are not those it was signed over: the past was rewritten")


# ---- The form of entries ---------------------------------------------------------------------------------------------

MOST_BYTES = 16 * 1024
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
LOOSE = re.compile(r"\s|null")

is_key = lru_cache(maxsize=10_000)(re.compile("[a-z][a-z0-9_]*").fullmatch)


def refuse(_: object) -> NoReturn:
    raise ValueError


@lru_cache(maxsize=10_000)
def whole_number(digits: str) -> int:
    """Of what JSON takes for one, -0 is a second spelling, and other readers lose the end of what is larger."""
    fits = digits.isascii() and len(digits) < 18 and digits != "-0"
    return int(digits) if fits and abs(int(digits)) < 2**53 else refuse(digits)


def object_of(pairs: list[tuple[str, Any]]) -> Entry:
    """Each key once, in order."""
    entry = dict(pairs)
    is_one = len(entry) == len(pairs) and list(entry) == sorted(entry) and all(map(is_key, entry))
    return entry if is_one else refuse(pairs)


decode = json.JSONDecoder(
    object_pairs_hook=object_of, parse_int=whole_number, parse_float=refuse, parse_constant=refuse
).raw_decode


def read_entry(data: bytes) -> Entry | None:
    """None if these bytes are not the one way in which an entry can be written (a strict part of RFC 8785)."""
    try:
        text = data.decode("utf-8")
        entry, end = decode(text)
    except (ValueError, RecursionError):
        return None
    if type(entry) is not dict or end != len(text) or len(data) > MOST_BYTES:
        return None
    # What a reader of JSON passes over: spaces, null, and escapes of letters that need none or may not be there.
    if (" " in text or "null" in text or not text.isprintable()) and LOOSE.search(STRING.sub("", text)):
        return None
    if "\\" in text and "\\" in re.sub(r'\\["\\]', "", text):
        return None
    return entry if text.isascii() or unicodedata.is_normalized("NFC", text) else None


@lru_cache(maxsize=10_000)
def day_of(text: str) -> date | None:
    try:
        return (
            date(*map(int, text.split("-"))) if re.fullmatch("(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}", text) else None
        )
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def week_of(text: str) -> date | None:
    day = day_of(text)
    return day if day and day.weekday() == 0 else None


def hours_of(text: str) -> int:
    """Since the beginning of the calendar; 0 for what is no hour."""
    day, hour = day_of(text[:10]), re.fullmatch("T([01][0-9]|2[0-3])Z", text[10:])
    return day.toordinal() * 24 + int(hour[1]) if day and hour else 0


def is_row(row: list[Any]) -> bool:
    """Of a week: its answers and their digest, its verdicts and theirs."""
    week, answers, digest, verdicts, of_verdicts = row
    counts, digests = map(KINDS["count"], (answers, verdicts)), map(KINDS["digest"], (digest, of_verdicts))
    return week_of(week) is not None and all(counts) and all(digests)


def every(kind: Callable[[Any], object]) -> Callable[[Any], bool]:
    return lambda values: type(values) is list and all(map(kind, values))


#: whether a value is of a kind; of one that is not they may as well find that nothing can be done with it
KINDS: dict[str, Callable[[Any], object]] = {
    "any": lambda _: True,
    "yes": lambda value: value is True,
    "text": re.compile(".+", re.DOTALL).fullmatch,
    "texts": every(re.compile(".+", re.DOTALL).fullmatch),
    "day": day_of,
    "week": week_of,
    "hour": hours_of,
    "digest": re.compile("[0-9a-f]{64}").fullmatch,
    "digits": re.compile("[0-9]+").fullmatch,
    "mark": re.compile("[A-Z2-7]{16}").fullmatch,
    "vkey": key_of,
    "vkeys": every(key_of),
    "count": lambda value: type(value) is int and value >= 0,
    "number": lambda value: type(value) is int and value >= 1,
    "later": lambda value: type(value) is int and value >= 2,
    "fives": lambda value: type(value) is int and value >= 10 and value % 5 == 0,
    "tens": lambda value: type(value) is int and value >= 10 and value % 10 == 0,
    "row": is_row,
    "rows": every(is_row),
    "hidden": lambda value: KINDS["count"](value.get("places")) and KINDS["digest"](value.get("root")),
    "parts": lambda value: KINDS["number"](value.get("count")) and KINDS["digest"](value.get("root")),
}
#: the keys of each type beside v, type and on; with ? if it may be left out
FORMS = {
    "genesis": "department:any origin:text key:vkey witnesses:vkeys",
    "key": "key:vkey state:added|ended|lost",
    "policy": "what:screening|disclosure|headline policy:number document:digest since:day",
    "survey": "survey:text version:number kind:text fingerprint:text languages:texts",
    "survey_end": "survey:text version:number",
    "code": "channel:text place:text survey:text number?:digits mark?:mark until?:day",
    "code batch": "channel:text place:text survey:text batch:number packs:number until?:day",
    "code_end": "number?:digits mark?:mark place?:text how:retired|compromised since?:day",
    "code_end batch": "batch:number place?:text how:retired|compromised since?:day",
    "release": "place:text survey:text version:number evidence:text kind:own|rest|sum number:number first_week:week"
    " last_week:week answers:count set_aside?:fives content:digest after?:count parts?:parts policy:number late?:yes",
    "edition": "due:week places:count root:digest hidden?:hidden late?:yes",
    "correction": "of:count place:text was:digest figures:digest number:later why:error|method text:digest",
    "removal": "of:count why:law",
    "commitment": "place:text survey:text question:text text:digest due:day state:made|done|dropped of?:count",
    "setting": "what:text value:any since:day",
    "setting receipt_key": "what:any value:vkey since:day",
    "post": "subject:any what:text digest?:digest",
    "round": "subject:any what:text digest?:digest",
    "quiet": "subject:any what:text digest?:digest",
    "list": "place:text quarter:text of:count cases:count contactable:count draw:count decoys:count root:digest"
    " seed_from:dice|beacon seed_source?:text seed_on:day",
    "draw": "place:text quarter:text seed:digest drawn:count positions:digest",
    "check": "place:text class:text quarter:text label?:confirmed|unchecked|check",
    "receipts": "first_week:week last_week:week numbers:count held?:count list:digest",
    "balance": "until:week received?:tens released?:tens set_aside?:tens waiting?:tens",
    "seal": "kind:hour|week|adopted",
    "seal hour": "kind:any hour:hour commit:digest",
    "seal week": "kind:any weeks:rows all?:row",
    "seal adopted": "kind:any until:week",
    "break": "size:number root:digest",
}
HEAD = "v:1 type:text on:day "


def checks_of(form: str) -> list[tuple[str, bool, Callable[[Any], object]]]:
    """Name, whether it is needed, and kind."""
    parts = [part.partition(":") for part in (HEAD + form).split()]
    kinds = {"1": lambda value: type(value) is int and value == 1, **KINDS}
    choice = [kinds.get(kind) or frozenset(kind.split("|")).__contains__ for _, _, kind in parts]
    return [(name.rstrip("?"), not name.endswith("?"), kind) for (name, _, _), kind in zip(parts, choice)]  # noqa: B905


CHECKS = {name: checks_of(form) for name, form in {"": "", **FORMS}.items()}
KEYS = {name: {key for key, _, _ in checks} for name, checks in CHECKS.items()}


def form_of(entry: Entry) -> str:
    """By which name of FORMS an entry is read; of a type that is not known, by none."""
    name = entry.get("type")
    if name in ("code", "code_end") and "batch" in entry:
        return f"{name} batch"
    if name == "seal" and entry.get("kind") in ("hour", "week", "adopted"):
        return f"seal {entry['kind']}"
    if name == "setting" and entry.get("what") == "receipt_key":
        return "setting receipt_key"
    return name if type(name) is str and name in FORMS else ""


def faults_of(entry: Entry, form: str) -> list[str]:
    faults = []
    for name, needed, kind in CHECKS[form]:
        if name not in entry:
            if needed:
                faults.append(f"its {name} is missing")
            continue
        try:
            fits = kind(entry[name])
        except (TypeError, ValueError, AttributeError):
            fits = False
        if not fits:
            faults.append(f"its {name} is not what it should be")
    return faults


# ---- What the entries say --------------------------------------------------------------------------------------------

#: a week may be published when seven days have passed since its end
SETTLED = timedelta(days=14)
ARE = "are withheld", "are not those that were published"
IS = "is withheld", "is not that which was published"
#: hours between two seals that may all have been sealed before, by a clock that was ahead
MOST_HOURS = 5_000
#: cases of a draw that are drawn anew; no place has as many in a quarter
MOST_CASES = 1_000_000


class Record:
    """What is known of the record after so many entries; each is held against those before it."""

    def __init__(self, copy: Copy, origin: str) -> None:
        self.copy, self.origin = copy, origin
        self.on = ""
        self.noted: set[str] = set()
        #: by key: the entry that ended it, if any
        self.keys: dict[str, int | None] = {}
        #: by mark: the entry of the code, and its number; by number: the entry that ended it, and how
        self.marks: dict[str, tuple[int, str]] = {}
        self.ended: dict[str, tuple[int, str]] = {}
        #: by chain: the entries of its releases by their numbers; and the contents of all of them
        self.chains: dict[tuple[Any, ...], dict[int, int]] = {}
        self.contents: set[str] = set()
        #: by entry of an edition its day; by digest of figures their place, that entry, and the one that published them
        self.editions: dict[int, str] = {}
        self.figures: dict[str, tuple[str, int, int]] = {}
        self.days: dict[int, str] = {}
        self.corrections: list[tuple[int, Entry]] = []
        #: by entry the digest of its text, and the entries whose text was taken away
        self.texts: dict[int, str] = {}
        self.removed: set[int] = set()
        self.commitments: dict[int, str] = {}
        #: by place and quarter
        self.lists: dict[tuple[str, str], tuple[int, Entry]] = {}
        self.draws: dict[tuple[str, str], int] = {}
        #: by week: answers, digest, verdicts, digest, and the entry that sealed them last
        self.sealed: dict[str, tuple[int, str, int, str, int]] = {}
        #: the same of all weeks up to one
        self.sealed_together: tuple[str, int, str, int, str] = ("", 0, "", 0, "")
        #: the hour that was sealed last, and all by their numbers
        self.adopted_until = self.hour = ""
        self.hours: set[int] = set()
        self.listed, self.last_list = 0, ("", 0)
        #: first and last week of each list of numbers, and the keys by which proofs that one arrived are signed
        self.receipts: list[tuple[str, str]] = []
        self.receipt_keys: list[Key] = []

    def take(self, index: int, data: bytes, entered: bool) -> None:
        """Of an entry whose bytes are not those that were entered this was said; what follows is held against it."""
        entry = read_entry(data)
        if entry is None:
            if entered:
                self.say(index, "it is not in canonical form")
            return
        form = form_of(entry)
        faults = faults_of(entry, form)
        for fault in faults if entered else ():
            self.say(index, fault)
        if index == 0 and form != "genesis":
            self.say(index, "a record begins with genesis, and this does not")
        if not form and not faults:
            self.note(index, f"type {entry['type']} is newer than this verifier")
        elif form and not KEYS[form].issuperset(entry):
            newer = ", ".join(sorted(entry.keys() - KEYS[form]))
            self.note(index, f"{newer} of {form}: newer than this verifier")
            entry = {key: entry[key] for key in KEYS[form] & entry.keys()}
        if not faults:
            if entry["on"] < self.on:
                self.say(index, f"its day is {entry['on']}, and an entry before it is of {self.on}")
            self.on = max(self.on, entry["on"])
            getattr(self, f"take_{entry['type']}" if form else "lay_down", self.lay_down)(index, entry)

    def note(self, index: int, text: str, kind: str = "") -> None:
        """Of each kind the first one."""
        if (kind or text) not in self.noted:
            self.noted.add(kind or text)
            self.copy.told.append(f"entry {index}: note: {text}")

    def say(self, index: int, text: str) -> None:
        self.copy.wrong.append(f"entry {index}: {text}")

    def lay_down(self, index: int, entry: Entry) -> None:
        """There is nothing to hold it against."""

    def served(self, index: int, name: str, digest: str, what: str, words: tuple[str, str]) -> bytes | None:
        data = self.copy.read(name)
        if data is not None and hashlib.sha256(data).hexdigest() == digest:
            return data
        self.say(index, f"{what} {words[0] if data is None else words[1]}")
        return None

    # -- who keeps it, and by which rules --

    def take_genesis(self, index: int, entry: Entry) -> None:
        if index:
            self.say(index, "a record begins once, with entry 0")
        if entry["origin"] != self.origin:
            self.say(index, f"it is of {entry['origin']}, not of {self.origin}")
        self.keys.setdefault(entry["key"], None)

    def take_key(self, index: int, entry: Entry) -> None:
        if entry["state"] != "added" and entry["key"] not in self.keys:
            self.say(index, "it ends a key that was never added")
        self.keys[entry["key"]] = None if entry["state"] == "added" else index
        if entry["state"] == "lost":
            self.say(index, f"the key {entry['key']} was lost, and does not vouch for the one that signs from here on")
            # Marks of answers were made with it, so that other ones take their place; how many there are stays known.
            self.sealed = {week: (row[0], "", row[2], "", row[4]) for week, row in self.sealed.items()}
            self.sealed_together = (*self.sealed_together[:2], "", self.sealed_together[3], "")

    def take_policy(self, index: int, entry: Entry) -> None:
        what = f"the text of policy {entry['policy']} ({entry['what']})"
        self.served(index, f"policy/{entry['document']}.txt", entry["document"], what, IS)

    def take_setting(self, index: int, entry: Entry) -> None:
        """Of a key of receipts each that was ever named: nothing tells under which one a text had to be signed."""
        key = key_of(entry["value"]) if entry["what"] == "receipt_key" else None
        self.receipt_keys += [key] if key else []

    def take_code(self, index: int, entry: Entry) -> None:
        self.require_name(index, entry)
        if "mark" in entry:
            self.marks.setdefault(entry["mark"], (index, entry.get("number", "")))

    def take_code_end(self, index: int, entry: Entry) -> None:
        self.require_name(index, entry)
        for name in {"number", "mark"} & entry.keys():
            self.ended[entry[name]] = (index, entry["how"])

    def require_name(self, index: int, entry: Entry) -> None:
        """Of a code or of a batch of codes."""
        if not {"number", "mark", "batch"} & entry.keys():
            self.say(index, "its number is missing")

    # -- figures --

    def take_release(self, index: int, entry: Entry) -> None:
        chain = entry["place"], entry["survey"], entry["version"], entry["evidence"], entry["kind"]
        entries = self.chains.setdefault(chain, {})
        number, last = entry["number"], next(reversed(entries), 0)
        faults = []
        if number in entries:
            faults.append(f"was published before, as entry {entries[number]}")
        if entry.get("after") != entries.get(last):
            after = f"entry {entry.get('after')}, which is not of its chain"
            faults.append(f"does not follow {f'entry {entries[last]}' if entries else after}")
        if entry["answers"] < 10:
            faults.append(f"tells {entry['answers']} answers")
        elif entry["answers"] % 5:
            faults.append(f"tells {entry['answers']} answers, which is not rounded to five")
        if entry["first_week"] > entry["last_week"]:
            faults.append("ends before it begins")
        if date.fromisoformat(entry["on"]) < date.fromisoformat(entry["last_week"]) + SETTLED:
            faults.append("was published before its weeks had settled")
        name = " ".join(map(str, (f"release {number} of", *chain)))
        if not entries and number > 1 and "after" not in entry:
            self.note(index, f"{name}: those before it are from before the record", "beginning")
        elif number > last + 1:
            missing = "one is" if number == last + 2 else f"{number - last - 1} are"
            self.say(index, f"before {name} {missing} missing")
        for fault in faults:
            self.say(index, f"{name} {fault}")
        entries[number] = index
        self.contents.add(entry["content"])

    def take_edition(self, index: int, entry: Entry) -> None:
        due = entry["due"]
        before = next((edition for edition, day in self.editions.items() if day == due), None)
        if before is not None:
            self.say(index, f"the edition of {due} was published before, as entry {before}")
        self.editions[index], self.days[index] = due, entry["on"]
        places: set[str] = set()
        for tree, is_hidden in ((entry, False), (entry.get("hidden"), True)):
            for digest in self.listed_editions(index, due, tree) if tree else ():
                place = self.take_figures(index, digest, index, is_hidden)
                if place in places:
                    self.say(index, f"{place} stands twice in the edition of {due}")
                places |= {place} if place else set()

    def listed_editions(self, index: int, due: str, tree: Entry) -> list[str]:
        """The digests under a root."""
        what = f"the list of the edition of {due}"
        data = self.copy.read(f"editions/{tree['root']}.txt")
        formed = re.fullmatch(b"([0-9a-f]{64}\n)*", data or b"")
        digests = data.decode().split() if data and formed else []
        root = Tree([leaf_hash(bytes.fromhex(digest)) for digest in digests]).root(len(digests))
        if data is None or not formed or root.hex() != tree["root"]:
            self.say(index, f"{what} {IS[0] if data is None else IS[1]}")
        elif len(digests) != tree["places"]:
            self.say(index, f"the edition of {due} tells {tree['places']} places, and has {len(digests)}")
        return digests

    def take_figures(self, index: int, digest: str, of: int, is_hidden: bool) -> str:
        """The place whose figures they are, if they are there and what was published.

        Of a place whose results are not open, figures may come later, and the releases that they rest on with them.
        """
        due = self.editions[of]
        data = self.copy.read(f"figures/{digest}.json")
        place, due_on, releases = read_figures(data or b"")
        what = f"the figures of report {place or digest} {due}"
        strange = [release for release in releases if release not in self.contents]
        if data is None and is_hidden:
            place = ""
        elif data is None or hashlib.sha256(data).hexdigest() != digest:
            self.say(index, f"{what} {ARE[0] if data is None else ARE[1]}")
            return ""
        elif not place:
            self.say(index, f"{what} are not written as figures are")
            return ""
        elif due_on != due:
            self.say(index, f"{what} are of {due_on}")
        elif strange and not is_hidden:
            self.say(index, f"report {place} {due} rests on release {strange[0]}, which was not entered before it")
        self.figures[digest] = place, of, index
        return place

    def take_correction(self, index: int, entry: Entry) -> None:
        place, of = entry["place"], entry["of"]
        self.texts[index], self.days[index] = entry["text"], entry["on"]
        self.corrections.append((index, entry))
        if of not in self.editions:
            self.say(index, f"it corrects entry {of}, which is no edition before it")
            return
        was, of_was, _ = self.figures.get(entry["was"], ("", -1, 0))
        if of_was != of or was not in (place, ""):
            self.say(index, f"it corrects figures of {place} that entry {of} never published")
        found = self.take_figures(index, entry["figures"], of, is_hidden=of_was == of and not was)
        if found not in (place, ""):
            self.say(index, f"it corrects {place} by the figures of {found}")

    def take_removal(self, index: int, entry: Entry) -> None:
        if entry["of"] not in self.texts:
            self.say(index, f"it takes away the text of entry {entry['of']}, which has none")
        self.removed.add(entry["of"])

    def take_commitment(self, index: int, entry: Entry) -> None:
        if "of" in entry and self.commitments.get(entry["of"]) != entry["place"]:
            self.say(index, f"it names entry {entry['of']}, which is no commitment of {entry['place']} before it")
        self.texts[index], self.commitments[index] = entry["text"], entry["place"]

    # -- draws --

    def take_list(self, index: int, entry: Entry) -> None:
        key = entry["place"], entry["quarter"]
        name = f"the list of {' '.join(key)}"
        if key in self.lists:
            self.say(index, f"{name} was closed before, as entry {self.lists[key][0]}")
            return
        self.lists[key] = index, entry
        if not entry["draw"] <= entry["cases"] <= entry["of"] or entry["contactable"] > entry["of"]:
            self.say(index, f"{name} has more asked than cases, or more cases than there are")
        if entry["on"] > entry["seed_on"]:
            self.say(index, f"{name} was closed after its seed was known")

    def take_draw(self, index: int, entry: Entry) -> None:
        key = entry["place"], entry["quarter"]
        name = f"the draw of {' '.join(key)}"
        if key not in self.lists:
            self.say(index, f"{name} has no list before it")
            return
        if key in self.draws:
            self.say(index, f"{name} was made before, as entry {self.draws[key]}")
        self.draws.setdefault(key, index)
        cases = self.lists[key][1]
        if entry["on"] < cases["seed_on"]:
            self.say(index, f"{name} was made before its seed was known")
        if entry["drawn"] != cases["draw"]:
            self.say(index, f"{name} has {entry['drawn']} asked, and its list {cases['draw']}")
        elif cases["cases"] > MOST_CASES:
            self.say(index, f"{name} is of more cases than can be drawn again")
        elif positions_of(bytes.fromhex(entry["seed"]), cases["cases"], entry["drawn"]) != entry["positions"]:
            self.say(index, f"{name} is not what the seed gives")

    # -- answers --

    def take_seal(self, index: int, entry: Entry) -> None:
        if entry["kind"] == "adopted":
            self.adopted_until = max(self.adopted_until, entry["until"])
            # The first, before any seal, is the upgrade. A later one may hide that answers were changed first.
            if self.hour:
                self.note(index, f"answers up to the week {entry['until']} were sealed anew, as found", f"{index}")
        elif entry["kind"] == "hour":
            self._take_hour(index, entry["hour"])
        else:
            for row in entry["weeks"]:
                self._take_week(index, *row)
            if "all" in entry:
                self._take_all(index, *entry["all"])

    def _take_hour(self, index: int, hour: str) -> None:
        at, last = hours_of(hour), hours_of(self.hour)
        between = range(last + 1, at)
        if at in self.hours:
            self.say(index, f"the hour {hour} was sealed before")
            return
        if at < last:
            self.say(index, f"the hour {hour} was sealed after {self.hour}: a clock was wrong")
        elif self.hour and (len(between) > MOST_HOURS or not self.hours.issuperset(between)):
            self.say(index, f"no seal between {self.hour} and {hour}")
        self.hours.add(at)
        self.hour = hour

    def _take_week(self, index: int, week: str, *row: Any) -> None:
        before = self.sealed.get(week, (0, "", 0, "", 0))
        for at, what in ((0, "answers"), (2, "verdicts")):
            gone = before[at] - row[at]
            if gone > 0:
                self.say(index, f"of the week {week} {gone} {what} are gone")
            elif before[at + 1] and gone == 0 and before[at + 1] != row[at + 1]:
                self.say(index, f"in the week {week} {what} were exchanged")
        self.sealed[week] = (*row, index)

    def _take_all(self, index: int, week: str, *row: Any) -> None:
        """Of all weeks up to this one together, of which few had come to be told by themselves."""
        before, known = self.sealed_together, [each for of, each in self.sealed.items() if of <= week]
        for at, what in ((0, "answers"), (2, "verdicts")):
            most = max(before[at + 1], sum(each[at] for each in known))
            if row[at] < most:
                self.say(index, f"of all weeks up to {week} {most - row[at]} {what} are gone")
            elif before[at + 2] and row[at] == before[at + 1] and row[at + 1] != before[at + 2]:
                self.say(index, f"in all weeks up to {week} {what} were exchanged")
        self.sealed_together = (week, *row)

    def sealed_answers(self) -> int:
        """As many as are told of: week by week, or of all weeks together and then of those after these."""
        week, together = self.sealed_together[:2]
        since = sum(row[0] for of, row in self.sealed.items() if of > week)
        return max(sum(row[0] for row in self.sealed.values()), together + since)

    def take_receipts(self, index: int, entry: Entry) -> None:
        first, last, count = entry["first_week"], entry["last_week"], entry["numbers"]
        what = f"the confirmation numbers of {named_weeks(first, last)}"
        if first > last:
            self.say(index, f"{what} end before they begin")
        if first <= self.last_list[0]:
            self.say(index, f"{what} were published before, as entry {self.last_list[1]}")
        self.last_list = max(self.last_list, (last, index))
        name = f"receipts/{last}.txt"
        data = self.served(index, name, entry["list"], what, ARE)
        if data is not None and not is_list_of(data, count):
            self.say(index, f"{what} are not {count} numbers of twelve digits, in order")
        self.receipts.append((first, last))
        self.listed += count
        known = self.listed + entry.get("held", 0)
        sealed = self.sealed_answers()
        # Answers from before there were numbers are sealed, and stand in no list.
        adopted = sum(row[0] for week, row in self.sealed.items() if week <= self.adopted_until)
        # Without `held` it is not said how many numbers are in no list yet.
        if sealed and (known > sealed or ("held" in entry and known < sealed - adopted)):
            self.say(index, f"{known} confirmation numbers, but {sealed} sealed answers")

    def take_balance(self, index: int, entry: Entry) -> None:
        received = entry.get("received", 0)
        parts = sum(entry.get(name, 0) for name in ("released", "set_aside", "waiting"))
        # Each of the three lost up to nine when it was rounded down, and so did the whole.
        if not 0 <= received - parts <= 20:
            self.say(index, f"{received} answers were received, and {parts} are accounted for")

    def take_break(self, index: int, entry: Entry) -> None:
        gone = f"{max(0, entry['size'] - index)} entries that had been signed are gone"
        self.say(index, f"the record was broken off here: {gone}")

    def finish(self, size: int, key: Key) -> None:
        """What can be told only at the end."""
        for index, digest in self.texts.items():
            name = f"texts/{digest}.json"
            if index not in self.removed or self.copy.read(name) is not None:
                data = self.served(index, name, digest, "its text", IS)
                if data is not None and not is_text(data):
                    self.say(index, "its text is not written as texts are")
        if size == 0:
            self.copy.wrong.append("checkpoint: the record is empty")
        elif str(key) not in self.keys:
            self.copy.wrong.append("checkpoint: signed by a key that the record does not name")
        elif self.keys[str(key)] is not None:
            self.copy.wrong.append(f"checkpoint: signed by a key that entry {self.keys[str(key)]} ended")


def read_figures(data: bytes) -> tuple[str, object, list[str]]:
    """Place, day and the digests of the releases of one edition of a place; no place if they cannot be read."""
    try:
        read = json.loads(data)
        sections = [section for survey in read["surveys"] for section in survey["sections"]]
        releases = [str(release) for section in sections for release in section["releases"]]
        return (read["place"] if type(read["place"]) is str else ""), read["due_on"], releases
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", "", []


def is_text(data: bytes) -> bool:
    """A text in several languages, and a salt, so that nobody can find it by trying what it may be."""
    try:
        read = json.loads(data)
        return all(map(KINDS["text"], read["texts"].values())) and bool(re.fullmatch("[0-9a-f]{32}", read["salt"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def named_weeks(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def is_list_of(data: bytes, count: int) -> bool:
    """Sorted; a number may stand there several times, since who sends an answer can choose it."""
    if len(data) != 13 * count or not re.fullmatch(rb"(?:[0-9]{12}\n)*", data):
        return False
    lines = data.split(b"\n")[:-1]
    return lines == sorted(lines)


def positions_of(seed: bytes, cases: int, drawn: int) -> str:
    """The digest of the numbers of those who are asked: the first ones, in the order of their hashes with the seed."""
    numbers = [number.to_bytes(4, "big") for number in range(cases)]
    order = sorted(numbers, key=lambda number: hashlib.sha256(seed + number).digest())
    return hashlib.sha256(b"".join(sorted(order[:drawn]))).hexdigest()


# ---- What was asked for besides --------------------------------------------------------------------------------------

#: the kinds of codes, by the low half of a token's first byte, of which the record names no single one
NOT_SINGLY = {2: "a counter screen", 3: "a slip", 4: "an invitation"}
#: what is signed, with its origin, number and week; the name of the key, and its id and signature
RECEIVED = re.compile(
    "(samvad received 1\n([^\n]+)\n([0-9]{12})\n([0-9]{4}-[0-9]{2}-[0-9]{2})\n)\n— ([^ \n]+) ([^ \n]+)\n"
)


def from_base32(text: str) -> bytes | None:
    """Without padding; None for every spelling but the one that an encoder writes."""
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except (ValueError, binascii.Error):
        return None
    return data if base64.b32encode(data).decode().rstrip("=") == text else None


def ask_report(text: str, record: Record, tree: Tree, size: int, keys: list[Key]) -> None:
    """The code on a printed report: a checkpoint of its day, and the digest of the figures that are printed."""
    data = from_base32(text.strip().rpartition("/")[2].upper())
    if data is None or len(data) != 137 or data[0] != 1:
        raise Wrong("it cannot be read")
    held = Checkpoint(keys[0].name, int.from_bytes(data[5:9], "big"), data[9:41])
    signers = [key for key in keys if key.id == data[1:5]]
    if not signers:
        raise Wrong("not signed by the key that you gave")
    if not signature_holds(signers[0].public, held.text, data[41:105]):
        raise Wrong("its signature does not hold")
    digest = data[105:].hex()
    figures = record.figures.get(digest)
    if figures:
        place, of, published = figures
        whose = place or "a place whose results are not open"
        told = [f"{whose} {record.editions[of]}, entry {published} of {record.days[published]}"]
        for index, entry in record.corrections:
            if entry["was"] == digest:
                told.append(f"corrected by entry {index} ({entry['why']})")
                digest = entry["figures"]
        record.copy.told += [f"report code: {each}" for each in told]
    check_held(held, tree, size)
    if figures is None:
        raise Wrong("figures that were never entered")


def ask_number(number: str, record: Record) -> None:
    # Also in a list that is not the one that was published: somebody asks for what is shown.
    weeks = [f"the list of {named_weeks(*weeks)}" for weeks in record.receipts if number in numbers_in(record, weeks)]
    record.copy.told += [f"number {number}: in {each}" for each in weeks or ["no list"]]
    if not weeks:
        record.copy.wrong.append(f"number {number} is in no list")


def numbers_in(record: Record, weeks: tuple[str, str]) -> list[str]:
    data = record.copy.read(f"receipts/{weeks[1]}.txt") or b""
    return data.decode("ascii", "replace").split()


def ask_received(text: str, record: Record, name: str) -> None:
    """A signed text for each week in which a number arrived."""
    if not text or RECEIVED.sub("", text):
        raise Wrong("it is not written as a proof is")
    for body, origin, number, week, signer, code in RECEIVED.findall(text):
        if origin != record.origin:
            raise Wrong(f"it is of {origin}, not of {record.origin}")
        signature = from_base64(code)
        if signature is None:
            raise Wrong("it is not written as a proof is")
        keys = [key for key in record.receipt_keys if (key.name, key.id) == (signer, signature[:4])]
        if not keys:
            raise Wrong("no key for it stands in the record")
        if not signature_holds(keys[0].public, body.encode(), signature[4:]):
            raise Wrong("its signature does not hold")
        record.copy.told.append(f"{name}: number {number} arrived in the week {week}")
        lists = [numbers_in(record, weeks) for weeks in record.receipts if weeks[0] <= week <= weeks[1]]
        # Of a list that is withheld that is said, and not what is in it.
        if any(lists) and not any(number in numbers for numbers in lists):
            record.copy.wrong.append(f"number {number} was received in the week {week}, and is not in the list of it")


def ask_code(text: str, record: Record) -> None:
    """A code, its address, or the sixteen letters that are printed small beside it, in groups or not."""
    token = re.split("[/#]", "".join(text.split()))[-1].upper()
    if not re.fullmatch("(?=.*[A-Z])[A-Z0-9]{10,}", token):
        record.copy.told.append(f"code {text}: this is no code, no address of one, and no mark of one")
        return
    mark = base64.b32encode(
        hashlib.sha256(b"samvad code 1\n" + token.encode("utf-8", "replace")).digest()[:10]
    ).decode()
    if re.fullmatch("[A-Z2-7]{16}", token):
        mark = token
    payload = from_base32(token) or b"\x00"
    found = "never issued"
    if mark in record.marks:
        index, number = record.marks[mark]
        found = f"entry {index}"
        end, how = record.ended.get(number if number else mark, (0, ""))
        found += f", ended by entry {end} ({how})" if end > index else ""
    elif mark != token and payload[0] >> 4 == 1 and payload[0] & 15 in NOT_SINGLY:
        found = f"of {NOT_SINGLY[payload[0] & 15]}, which the record does not name singly"
    record.copy.told.append(f"code {mark}: {found}")


def ask_marks(file: Path, record: Record) -> None:
    """The marks of all answers, or verdicts, of a week: taken together they must give what was sealed."""
    week, what = file.stem, file.suffix[1:]
    marks = text_of(file).split()
    if not all(map(KINDS["digest"], marks)):
        raise Unreadable(f"{file} holds more than marks, which have 64 hexadecimal digits each.")
    if week not in record.sealed:
        record.copy.wrong.append(f"{what} of {week}: {len(marks)} are there, and no entry sealed that week")
        return
    *row, index = record.sealed[week]
    count, digest = row[:2] if what == "answers" else row[2:]
    if (len(marks), multiset([bytes.fromhex(mark) for mark in marks])) != (count, digest):
        there = f"{len(marks)} are there, entry {index} sealed {count}"
        record.copy.wrong.append(f"{what} of {week}: {there}; they are not the same")


def text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError):
        raise Unreadable(f"{file} cannot be read.") from None


def multiset(marks: list[bytes]) -> str:
    """The same for the same marks in any order, and for no others that anybody could find."""
    product = 1
    for mark in marks:
        element = hashlib.shake_256(b"samvad multiset 1\n" + mark).digest(384)
        product = product * int.from_bytes(element, "little") % (2**3072 - 1103717)
    whole = b"samvad multiset 1\n" + len(marks).to_bytes(8, "big") + product.to_bytes(384, "little")
    return hashlib.sha256(whole).hexdigest()


# ---- All of it -------------------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Unreadable(f"{message}. How to call it: python3 samvad-verify.py --help")


def arguments(given: list[str]) -> argparse.Namespace:
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--key", type=key_from(LOG), required=True, metavar="VKEY")
    parser.add_argument("--witness", type=key_from(WITNESS), action="append", default=[], metavar="VKEY")
    parser.add_argument("--held", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--qr", action="append", default=[], metavar="TEXT")
    parser.add_argument("--number", type=number_from, action="append", default=[], metavar="N")
    parser.add_argument("--received", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--code", action="append", default=[], metavar="TEXT")
    parser.add_argument("--macs", type=marks_from, default=[], metavar="FOLDER")
    return parser.parse_args(given)


def key_from(kind: int) -> Callable[[str], Key]:
    def read(text: str) -> Key:
        key = key_of(text.strip())
        if key is None or key.kind != kind:
            raise argparse.ArgumentTypeError(
                f"this is not the key of a {'record' if kind == LOG else 'witness'}: {text}"
            )
        return key

    return read


def number_from(text: str) -> str:
    """As it is shown, with spaces or hyphens, in the digits of any script."""
    digits = "".join(str(unicodedata.digit(letter, letter)) for letter in text if letter not in " -")
    if not re.fullmatch("[0-9]{12}", digits):
        raise argparse.ArgumentTypeError(f"a confirmation number has twelve digits, and this has not: {text}")
    return digits


def marks_from(text: str) -> list[Path]:
    files = [file for ending in ("answers", "verdicts") for file in sorted(Path(text).glob(f"*.{ending}"))]
    if not files:
        raise argparse.ArgumentTypeError(f"there is no file WEEK.answers or WEEK.verdicts in {text}")
    return files


def verify(asked: argparse.Namespace, copy: Copy) -> str:
    """The first words of the last line. Wrong if the checkpoint is not the department's: then nothing here is."""
    if not asked.folder.is_dir():
        raise Unreadable(f"There is no folder {asked.folder}.")
    held = [(file, text_of(file)) for file in asked.held]
    received = [(f"received {file}", text_of(file)) for file in asked.received]
    checkpoint = read_checkpoint(text_of(asked.folder / "checkpoint"))
    check_signed(checkpoint, [asked.key])
    size = checkpoint.size
    cosigned = sum(copy.attempt("checkpoint", check_cosigned, checkpoint, key) for key in set(asked.witness))
    record = Record(copy, checkpoint.origin)
    tree, whole = read_tree(copy, size, record.take)
    if tree:
        check_tiles(copy, tree, size)
        copy.attempt("checkpoint", check_held, checkpoint, tree, size)
        named = [key for key in map(key_of, record.keys) if key and key.name == asked.key.name]
        keys = [asked.key, *(key for key in named if key != asked.key)]
        for file, text in held:
            is_clear = [each.name for each in asked.held].count(file.name) == 1
            copy.attempt(file.name if is_clear else str(file), check_kept, text, tree, size, keys)
    if tree and whole:
        record.finish(size, asked.key)
        for text in asked.qr:
            copy.attempt("report code", ask_report, text, record, tree, size, keys)
        for number in asked.number:
            ask_number(number, record)
        for name, text in received:
            copy.attempt(name, ask_received, text, record, name)
        for text in asked.code:
            ask_code(text, record)
        for file in asked.macs:
            ask_marks(file, record)
    else:
        copy.wrong.append("not all was looked at, since entries are missing")
    return f"{size} entries, root {base64.b64encode(checkpoint.root).decode()}, {cosigned} witnesses"


def check_kept(text: str, tree: Tree, size: int, keys: list[Key]) -> None:
    kept = read_checkpoint(text)
    check_signed(kept, keys)
    check_held(kept, tree, size)


def show(line: str) -> None:
    """Letters that would do something to a terminal are shown as what they are."""
    print("".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in line))


def main(given: list[str]) -> int:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    looked_at, copy = "", Copy(Path())
    try:
        asked = arguments(given)
        copy.path = asked.folder
        looked_at = verify(asked, copy)
    except Unreadable as unreadable:
        show(str(unreadable))
        return 2
    except Wrong as wrong:
        copy.wrong.append(f"checkpoint: {wrong}")
    for line in copy.told + copy.wrong:
        show(line)
    if looked_at:
        paper = "; compare with a printed report" if ", 0 witnesses" in looked_at else ""
        show(f"{looked_at}: " + (f"{len(copy.wrong)} findings" if copy.wrong else f"nothing wrong{paper}"))
    return 1 if copy.wrong else 0


if __name__ == "__main__":
    try:
        ended = main(sys.argv[1:])
        sys.stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        # Nobody reads any further: there is nothing to say, not even on the way out.
        os._exit(2)
    sys.exit(ended)
