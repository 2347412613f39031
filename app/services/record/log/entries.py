"""Entries of the record: appended in one order, each about one thing that is entered once, and read again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.record.canonical import Value, from_bytes, to_bytes
from app.domain.record.merkle import leaf_hash
from app.models import RecordEntry, RecordFile
from app.services.record.log.hashes import append_hashes


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be entered: `about` and `about_id` say what it is about, in whose eyes it is entered once.

    `content` is without `v`, `type` and `on`; `files` are what it names by digest, by their paths.
    """

    type: str
    about: str
    about_id: int
    content: Mapping[str, Value]
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the record. `content` is all of it, with `v`, `type` and `on`."""

    number: int
    on: date
    content: Mapping[str, Value]

    @property
    def type(self) -> str:
        return str(self.content["type"])


def size_of(session: Session) -> int:
    """How many entries there are, signed or not."""
    last = session.scalar(select(func.max(RecordEntry.number)))
    return 0 if last is None else last + 1


def enter(session: Session, new: Sequence[NewEntry], today: date) -> list[int]:
    """Append them in this order and return their numbers, for whoever does `Job.RECORD` alone.

    Their day is today, and never one before that of the entry before: a clock may go back, the record does not.
    """
    size = size_of(session)
    last = session.get(RecordEntry, size - 1) if size else None
    on = max(today, last.entered_on) if last else today
    leaves = []
    for number, entry in enumerate(new, size):
        content = to_bytes({"v": 1, "type": entry.type, "on": on.isoformat(), **_normal(entry.content)})
        columns = {"about": entry.about, "about_id": entry.about_id, "entered_on": on}
        session.add(RecordEntry(number=number, content=content.decode(), **columns))
        leaves.append(leaf_hash(content))
        _keep_files(session, entry.files, number + 1)
    append_hashes(session, size, leaves)
    session.flush()
    return list(range(size, size + len(new)))


def entry_at(session: Session, number: int) -> Entry | None:
    row = session.get(RecordEntry, number)
    return None if row is None else _read(row)


def entry_about(session: Session, about: str, about_id: int) -> Entry | None:
    row = session.scalar(select(RecordEntry).where(RecordEntry.about == about, RecordEntry.about_id == about_id))
    return None if row is None else _read(row)


def entries_about(session: Session, about: str) -> list[Entry]:
    """All of a kind of which there are few, the newest first."""
    rows = select(RecordEntry).where(RecordEntry.about == about).order_by(RecordEntry.number.desc())
    return [_read(row) for row in session.scalars(rows)]


def numbers_about(session: Session, about: str, ids: Iterable[int]) -> dict[int, int]:
    """The numbers of the entries about those of these that were entered."""
    rows = select(RecordEntry.about_id, RecordEntry.number)
    rows = rows.where(RecordEntry.about == about, RecordEntry.about_id.in_(list(ids)))
    return {row.about_id: row.number for row in session.execute(rows)}


def is_entered(
    about: str, about_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    """The condition under which what a row of another table stands for is in an entry, by the column of its key."""
    return exists(select(1).where(RecordEntry.about == about, RecordEntry.about_id == about_id))


def newest_entries(session: Session, size: int, most: int) -> list[Entry]:
    """Of the first `size` entries the last ones, the newest first."""
    rows = select(RecordEntry).where(RecordEntry.number < size).order_by(RecordEntry.number.desc()).limit(most)
    return [_read(row) for row in session.scalars(rows)]


def contents_between(session: Session, first: int, end: int) -> list[bytes]:
    """The bytes of these entries, without that of `end`."""
    rows = select(RecordEntry.content).where(RecordEntry.number >= first, RecordEntry.number < end)
    return [content.encode() for content in session.scalars(rows.order_by(RecordEntry.number))]


def _keep_files(session: Session, files: Mapping[str, str], since: int) -> None:
    for path, content in files.items():
        # What two entries name by one digest is one file.
        if session.get(RecordFile, path) is None:
            session.add(RecordFile(path=path, since=since, content=content))


def _normal(value: Mapping[str, Value]) -> dict[str, Value]:
    """In composed letters: codes of places come from lists in which Devanagari is often decomposed."""
    return {key: normalize("NFC", each) if isinstance(each, str) else each for key, each in value.items()}


def _read(row: RecordEntry) -> Entry:
    return Entry(row.number, row.entered_on, from_bytes(row.content.encode()))
