"""A folder with a public record, by code of its own: it shares nothing with the server that writes one, nor with the
verifier that reads one.

`invented_record()` is five weeks of a department of two stations, with an entry of every type; a test changes one of
its entries or files and writes it down.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "feedback.example.gov.in/r/record"
FIRST = date(2026, 11, 30)
WEEKS = 5
STATIONS = ("NP-D01-0001", "NP-D28-0002")
SURVEY = "station-visit"
_SEVEN = timedelta(days=7)


def sha256(data: bytes | str) -> bytes:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).digest()


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return sha256(b"\x01" + root_of(hashes[:half]) + root_of(hashes[half:]))


@dataclass(frozen=True)
class Signer:
    name: str
    seed: bytes
    kind: int = 1

    @property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        return bytes([self.kind]) + self.key.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.public)[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.public).decode()}"

    def sign(self, body: str) -> str:
        """One line below a checkpoint."""
        if self.kind == 1:
            signature = self.key.sign(body.encode())
        else:
            signature = (1_797_000_000).to_bytes(8, "big")
            signature += self.key.sign(f"cosignature/v1\ntime 1797000000\n{body}".encode())
        return f"— {self.name} {base64.b64encode(self.id + signature).decode()}\n"


LOG = Signer(ORIGIN, bytes(range(32)))
#: signs that numbers arrived
RECEIPT_KEY = Signer("feedback.example.gov.in/r/receipts", bytes(range(128, 160)))
WITNESS = Signer("witness.example.org/w", bytes(range(32, 64)), kind=4)


def body_of(size: int, root: bytes, origin: str = ORIGIN) -> str:
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def signed(leaves: Sequence[bytes], signers: Sequence[Signer]) -> str:
    """A checkpoint."""
    body = body_of(len(leaves), root_of(leaves))
    return f"{body}\n" + "".join(signer.sign(body) for signer in signers)


def tile_name(level: int | str, number: int, width: int) -> str:
    digits = f"{number:03d}"
    digits = "0" * (-len(digits) % 3) + digits
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join(["tile", str(level), *(f"x{group}" for group in groups[:-1]), groups[-1]])
    return name if width == 256 else f"{name}.p/{width}"


def marks_of(kind: str, week: str, count: int) -> list[bytes]:
    return [sha256(f"{kind} {week} {number}") for number in range(count)]


def multiset(marks: Iterable[bytes]) -> str:
    marks = list(marks)
    product = 1
    for mark in marks:
        product = product * int.from_bytes(hashlib.shake_256(b"samvad multiset 1\n" + mark).digest(384), "little")
        product %= 2**3072 - 1103717
    return sha256(b"samvad multiset 1\n" + len(marks).to_bytes(8, "big") + product.to_bytes(384, "little")).hex()


@dataclass
class RecordFolder:
    """Entries, as they are meant or as bytes, and the files beside the tree."""

    entries: list[dict[str, Any] | bytes] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, type: str, on: date, **keys: object) -> int:
        self.entries.append({"v": 1, "type": type, "on": on.isoformat(), **keys})
        return len(self.entries) - 1

    def keep(self, folder: str, data: bytes, ending: str) -> str:
        """A file that is named by its digest, which is returned."""
        digest = sha256(data).hex()
        self.files[f"{folder}/{digest}.{ending}"] = data
        return digest

    def leaves(self) -> list[bytes]:
        return [sha256(b"\x00" + data) for data in self.written()]

    def written(self) -> list[bytes]:
        return [entry if isinstance(entry, bytes) else canonical(entry) for entry in self.entries]

    def checkpoint(self, signers: Sequence[Signer] = (LOG, WITNESS), size: int | None = None) -> str:
        return signed(self.leaves()[:size], signers)

    def write(self, folder: Path, signers: Sequence[Signer] = (LOG, WITNESS)) -> Path:
        """The folder as it would be copied."""
        contents = self.written()
        leaves = [sha256(b"\x00" + data) for data in contents]
        files = self.files | tiles(leaves) | bundles(contents) | {"checkpoint": signed(leaves, signers).encode()}
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder

    def find(self, type: str, **keys: object) -> int:
        """The first entry of which this holds."""
        for index, entry in enumerate(self.entries):
            if isinstance(entry, dict) and entry.get("type") == type and keys.items() <= entry.items():
                return index
        raise LookupError(f"no {type} with {keys}")

    def entry(self, index: int) -> dict[str, Any]:
        entry = self.entries[index]
        if isinstance(entry, bytes):
            raise LookupError(f"entry {index} is bytes")
        return entry


def tiles(leaves: Sequence[bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    level, hashes = 0, list(leaves)
    while hashes:
        parts = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
        found |= {tile_name(level, number, len(part)): b"".join(part) for number, part in enumerate(parts)}
        hashes = [root_of(part) for part in parts if len(part) == 256]
        level += 1
    return found


def bundles(entries: Sequence[bytes]) -> dict[str, bytes]:
    framed = [len(entry).to_bytes(2, "big") + entry for entry in entries]
    parts = [framed[at : at + 256] for at in range(0, len(framed), 256)]
    return {tile_name("entries", number, len(part)): b"".join(part) for number, part in enumerate(parts)}


def figures_of(place: str, due: date, releases: Sequence[str], **others: object) -> bytes:
    """The bytes of an edition, with what the record asks of it."""
    section = {"evidence": "open", "version": 1, "releases": list(releases), "share": 0.5}
    survey = {"slug": SURVEY, "sections": [section]}
    head = {"schema": 1, "policy": 1, "place": place, "due_on": due.isoformat(), "number": 1}
    return canonical({**head, "surveys": [survey], **others})


def edition(record: RecordFolder, due: date, figures: Sequence[bytes], on: date | None = None) -> int:
    digests = [record.keep("figures", data, "json") for data in figures]
    root = root_of([sha256(b"\x00" + bytes.fromhex(digest)) for digest in digests]).hex()
    record.files[f"editions/{root}.txt"] = "".join(f"{digest}\n" for digest in digests).encode()
    return record.add("edition", on or due, due=due.isoformat(), places=len(digests), root=root)


def text(record: RecordFolder, words: str) -> str:
    return record.keep(
        "texts", canonical({"salt": sha256(words).hex()[:32], "texts": {"en": words, "hi": words}}), "json"
    )


def numbers_of(week: date, count: int) -> list[str]:
    return sorted(f"{int.from_bytes(sha256(f'{week} {at}')[:8], 'big') % 10**12:012d}" for at in range(count))


def receipts(record: RecordFolder, week: date, on: date, numbers: Sequence[str], **others: object) -> int:
    data = "".join(f"{number}\n" for number in sorted(numbers)).encode()
    record.files[f"receipts/{week}.txt"] = data
    weeks = {"first_week": week.isoformat(), "last_week": week.isoformat()}
    return record.add("receipts", on, **weeks, numbers=len(numbers), list=sha256(data).hex(), **others)


def received(number: str, week: date, signer: Signer = RECEIPT_KEY, origin: str = ORIGIN) -> str:
    """The signed text that a number arrived in a week."""
    body = f"samvad received 1\n{origin}\n{number}\n{week}\n"
    return f"{body}\n{signer.sign(body)}"


def row(week: date, count: int) -> list[object]:
    """Of a week of so many answers, with three verdicts more."""
    answers, verdicts = (marks_of(kind, str(week), count + more) for kind, more in (("answer", 0), ("verdict", 3)))
    return [str(week), len(answers), multiset(answers), len(verdicts), multiset(verdicts)]


def drawn(seed: bytes, cases: int, asked: int) -> str:
    order = sorted(range(cases), key=lambda number: sha256(seed + number.to_bytes(4, "big")))
    return sha256(b"".join(number.to_bytes(4, "big") for number in sorted(order[:asked]))).hex()


def release(record: RecordFolder, place: str, number: int, week: date, on: date, after: int | None) -> int:
    names: dict[str, object] = {"place": place, "survey": SURVEY, "version": 1, "evidence": "open", "kind": "own"}
    content = sha256(f"{place} {number}").hex()
    told: dict[str, object] = {"answers": 15, "content": content, "policy": 1, "number": number}
    weeks = {"first_week": str(week), "last_week": str(week)}
    return record.add("release", on, **names, **weeks, **told, **({} if after is None else {"after": after}))


def invented_record() -> RecordFolder:
    """One that may be changed."""
    return deepcopy(_invented())


@cache
def _invented() -> RecordFolder:
    record = RecordFolder()
    _begin(record)
    for number in range(WEEKS * 7):
        day = FIRST + timedelta(days=number)
        if number and number % 7 == 0:
            _monday(record, day, number // 7)
        if number == 24:
            seed = sha256("fifty throws of dice")
            record.add(
                "draw", day, place="NP-D01", quarter="2026-Q4", seed=seed.hex(), drawn=12, positions=drawn(seed, 40, 12)
            )
            record.add("check", day, place="NP-D01", quarter="2026-Q4", **{"class": "sampled"})
        for hour in range(24):
            record.add("seal", day, kind="hour", hour=f"{day}T{hour:02d}Z", commit=sha256(f"{day} {hour}").hex())
    record.add("setting", day, what="receipt_key", value=RECEIPT_KEY.vkey, since=str(day))
    return record


def _begin(record: RecordFolder) -> None:
    record.add("genesis", FIRST, department="NP", origin=ORIGIN, key=LOG.vkey, witnesses=[WITNESS.vkey])
    for what in ("screening", "disclosure", "headline"):
        document = record.keep("policy", f"How {what} is done.\n".encode(), "txt")
        record.add("policy", FIRST, what=what, policy=1, document=document, since=str(FIRST))
    record.add("setting", FIRST, what="opened", value=True, since=str(FIRST))
    record.add("post", FIRST, subject="NP", what="size_and_root")
    record.add("round", FIRST, subject=SURVEY, what="begun")
    record.add("quiet", FIRST, subject="NP-D01", what="begun", digest=sha256("why").hex())
    for version in (1, 2):
        fingerprint = sha256(f"{SURVEY} {version}").hex()
        languages = ["en", "hi"]
        record.add(
            "survey", FIRST, survey=SURVEY, version=version, kind="survey", fingerprint=fingerprint, languages=languages
        )
    record.add("survey_end", FIRST, survey=SURVEY, version=2)
    for place, number in zip(STATIONS, ("08470054", "60329669"), strict=True):
        mark = base64.b32encode(sha256(f"samvad code 1\nCODE{number}")[:10]).decode()
        keys = {"channel": "poster", "place": place, "survey": SURVEY}
        record.add("code", FIRST, **keys, number=number, mark=mark, until="2027-11-30")
    slips = {"channel": "slip", "place": STATIONS[0], "survey": SURVEY}
    record.add("code", FIRST, **slips, batch=7, packs=4, until="2027-11-30")
    record.add("seal", FIRST, kind="adopted", until=str(FIRST - _SEVEN))


def _monday(record: RecordFolder, day: date, week: int) -> None:
    """The answers of the week before, releases of the one before that, and an edition of these."""
    before = day - _SEVEN
    older = [row(before - _SEVEN, 53)] if week > 1 else []
    record.add("seal", day, kind="week", weeks=[*older, row(before, 52)])
    late = week > 1
    receipts(record, before, day, numbers_of(before, 52 + late))
    received, waiting = 50 * week, 10
    record.add("balance", day, until=str(before), received=received, released=received - waiting, waiting=waiting)
    if week < 2:
        return
    contents = {}
    for place in STATIONS:
        after = record.find("release", place=place, number=week - 2) if week > 2 else None
        new = release(record, place, week - 1, day - 2 * _SEVEN, day, after)
        contents[place] = record.entry(new)["content"]
    published = edition(record, day, [figures_of(place, day, [contents[place]]) for place in STATIONS])
    if week == 2:
        _say_and_correct(record, day, published, contents)


def _say_and_correct(record: RecordFolder, day: date, published: int, contents: Mapping[str, str]) -> None:
    place = STATIONS[1]
    was = figures_of(place, day, [contents[place]])
    new = record.keep(
        "figures", figures_of(place, day, [contents[place]], number=2, replaces=sha256(was).hex()), "json"
    )
    correction = {"of": published, "place": place, "was": sha256(was).hex(), "figures": new, "number": 2}
    corrected = record.add("correction", day, **correction, why="error", text=text(record, "A share was wrong."))
    record.add("removal", day, of=corrected, why="law")
    said = {"place": place, "survey": SURVEY, "question": "waiting", "due": "2027-02-26"}
    made = record.add("commitment", day, **said, text=text(record, "Two counters at noon."), state="made")
    record.add("commitment", day, **said, text=text(record, "Both are open."), state="done", of=made)
    record.add("code_end", day, number="60329669", how="compromised", since=str(day))
    record.add("code_end", day, batch=7, how="retired")
    root = sha256("cases").hex()
    asked = {"of": 50, "cases": 40, "contactable": 40, "draw": 12, "decoys": 4, "root": root}
    seed_on = str(day + timedelta(days=3))
    record.add("list", day, place="NP-D01", quarter="2026-Q4", **asked, seed_from="dice", seed_on=seed_on)


def report_code(record: RecordFolder, figures: str, size: int | None = None, signer: Signer = LOG) -> str:
    """What is printed as a square on a report, without the address before it."""
    leaves = record.leaves()[:size]
    root = root_of(leaves)
    signature = signer.key.sign(body_of(len(leaves), root).encode())
    data = b"\x01" + signer.id + len(leaves).to_bytes(4, "big") + root + signature + bytes.fromhex(figures)
    return base64.b32encode(data).decode().rstrip("=")


def changed(index: int, **keys: object) -> Callable[[RecordFolder], None]:
    """An entry with other values; what is None is left out."""

    def change(record: RecordFolder) -> None:
        entry = {**record.entry(index), **keys}
        record.entries[index] = {key: value for key, value in entry.items() if value is not None}

    return change
