"""Editions as the record tells them: one entry a Monday over all of that day, and one for each correction.

Two trees lie under an entry: of the editions that anybody may read, and of those of places whose results the department
has not opened, or which a quiet period holds. Of the latter the entry tells that they exist and, once they are shown,
that they are what they were.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import shown_at
from app.domain.record.canonical import Value, to_bytes
from app.domain.record.merkle import in_memory, inclusion_path, leaf_hash, root_of
from app.models import Edition, EditionDay, EditionHold, Place, RecordEntry, RecordFile
from app.models.edition import CORRECTIONS
from app.services.record.log.entries import NewEntry, entry_about, entry_at, is_entered

#: what entries are about: a Monday, by its number in the calendar, and an edition that took the place of another
DAY, CORRECTION = "edition_day", "edition"


@dataclass(frozen=True, slots=True)
class EditionProof:
    """Where an edition stands in the record: in which entry, and by which path its digest leads to the root there.

    A correction stands in its own entry, and its path is empty.
    """

    entry: int
    index: int
    size: int
    path: tuple[bytes, ...]


def days_to_enter(session: Session) -> list[date]:
    """The days whose editions are all there and in no entry yet, the oldest first."""
    days = session.scalars(select(EditionDay.due_on).where(EditionDay.finished_at.is_not(None)))
    entered = set(session.scalars(select(RecordEntry.about_id).where(RecordEntry.about == DAY)))
    return sorted(day for day in days if day.toordinal() not in entered)


def newest_day_entered(session: Session) -> date | None:
    newest = session.scalar(select(func.max(RecordEntry.about_id)).where(RecordEntry.about == DAY))
    return None if newest is None else date.fromordinal(newest)


def may_be_shown_from(session: Session, now: datetime) -> datetime:
    """From when on what is entered may be shown: not before the editions that stand in it, whoever signs it."""
    newest = newest_day_entered(session)
    return now if newest is None or is_opening_day(session, newest) else max(now, shown_at(newest))


def is_opening_day(session: Session, due_on: date) -> bool:
    """Whether its editions were shown at once."""
    return session.get_one(EditionDay, due_on).is_opening


def entry_of_day(session: Session, due_on: date, kinds: Collection[str], today: date) -> NewEntry:
    """The entry of a Monday; places of these `kinds` are read by everybody, but for what a quiet period holds."""
    rows = select(Edition.digest, Place.kind, EditionHold.edition_id).join(Place, Place.id == Edition.place_id)
    rows = rows.outerjoin(EditionHold, EditionHold.edition_id == Edition.id)
    rows = rows.where(Edition.due_on == due_on, Edition.number == 1).order_by(Place.page, Place.id)
    found = session.execute(rows).all()
    shown = [digest for digest, kind, held in found if kind in kinds and held is None]
    hidden = [digest for digest, kind, held in found if kind not in kinds or held is not None]
    content: dict[str, Value] = {"due": due_on.isoformat(), "places": len(shown), "root": _root(shown)}
    files = {f"editions/{_root(shown)}.txt": _list(shown)}
    if hidden:
        content["hidden"] = {"places": len(hidden), "root": _root(hidden)}
        files[f"editions/{_root(hidden)}.txt"] = _list(hidden)
    if today > due_on:
        content["late"] = True
    return NewEntry("edition", DAY, due_on.toordinal(), content, files)


def new_corrections(session: Session, kinds: Collection[str]) -> list[NewEntry]:
    """Corrections of days that were entered, of places of these kinds, that are in no entry themselves."""
    rows = select(Edition, Place.code).join(Place, Place.id == Edition.place_id)
    rows = rows.where(CORRECTIONS, Place.kind.in_(kinds), ~is_entered(CORRECTION, Edition.id))
    return [
        _correction(edition, place, of.number)
        for edition, place in session.execute(rows.order_by(Edition.id))
        if (of := entry_about(session, DAY, edition.due_on.toordinal())) is not None
    ]


def proof_of(session: Session, digest: str) -> EditionProof | None:
    """None for an edition that is not entered yet, and for a digest that no edition has."""
    edition = session.scalar(select(Edition).where(Edition.digest == digest))
    if edition is None:
        return None
    if edition.number > 1:
        own = entry_about(session, CORRECTION, edition.id)
        return None if own is None else EditionProof(own.number, 0, 1, ())
    day = entry_about(session, DAY, edition.due_on.toordinal())
    return None if day is None else _proof_under(session, day.number, digest)


def _proof_under(session: Session, number: int, digest: str) -> EditionProof | None:
    entry = entry_at(session, number)
    trees = [entry.content, entry.content.get("hidden")] if entry else []
    for tree in trees:
        root = tree.get("root") if isinstance(tree, Mapping) else None
        digests = session.scalar(select(RecordFile.content).where(RecordFile.path == f"editions/{root}.txt")) or ""
        listed = digests.split()
        if digest in listed:
            leaves = [leaf_hash(bytes.fromhex(each)) for each in listed]
            index = listed.index(digest)
            return EditionProof(
                number, index, len(listed), tuple(inclusion_path(index, len(leaves), in_memory(leaves)))
            )
    return None


def _correction(edition: Edition, place: str, of: int) -> NewEntry:
    # Salted: a sentence that a law makes the department take away shall not be guessed from its digest.
    texts: dict[str, Value] = {
        language: " ".join(text.split()) for language, text in json.loads(edition.reason or "{}").items()
    }
    text = to_bytes({"salt": secrets.token_hex(16), "texts": texts}).decode()
    digest = hashlib.sha256(text.encode()).hexdigest()
    content: dict[str, Value] = {
        "of": of,
        "place": place,
        "was": edition.previous_digest or "",
        "figures": edition.digest,
        "number": edition.number,
        "why": edition.cause or "",
        "text": digest,
    }
    return NewEntry("correction", CORRECTION, edition.id, content, {f"texts/{digest}.json": text})


def _root(digests: Collection[str]) -> str:
    return root_of([leaf_hash(bytes.fromhex(digest)) for digest in digests]).hex()


def _list(digests: Collection[str]) -> str:
    return "".join(f"{digest}\n" for digest in digests)
