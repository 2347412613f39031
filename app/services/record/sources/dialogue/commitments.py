"""Commitments as the record tells them: that one was made, by when, and how it ended; its words lie beside, salted."""

import hashlib
import json
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.domain.dialogue.commitment import Step
from app.domain.record.canonical import Value, to_bytes
from app.models import Commitment, CommitmentEvent, Place
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import NewEntry, entry_about, is_entered, numbers_about

#: what entries are about: an event of a commitment
ABOUT = "commitment"
_STATES = {
    Step.OPENED: "made",
    Step.MOVED: "made",
    Step.DONE: "done",
    Step.NOT_DONE: "dropped",
    Step.WITHDRAWN: "dropped",
}


def new_commitments(session: Session, kinds: Collection[str]) -> list[NewEntry]:
    """Those that were approved and are in no entry yet, of places of these kinds: what everybody may read."""
    rows = session.execute(_unentered(kinds).where(CommitmentEvent.step == Step.OPENED.value))
    return [_entry(event, commitment, place) for event, commitment, place in rows]


def new_commitment_ends(session: Session, kinds: Collection[str]) -> list[NewEntry]:
    """What became of those that are entered: another day, done, or dropped. Each names the entry that made it."""
    opened = aliased(CommitmentEvent)
    later = [step.value for step in _STATES if step is not Step.OPENED]
    rows = _unentered(kinds).where(CommitmentEvent.step.in_(later)).add_columns(opened.id)
    rows = rows.join(opened, (opened.commitment_id == Commitment.id) & (opened.step == Step.OPENED.value))
    return [
        _entry(event, commitment, place, made.number)
        for event, commitment, place, opened_id in session.execute(rows.where(is_entered(ABOUT, opened.id)))
        if (made := entry_about(session, ABOUT, opened_id)) is not None
    ]


def lines_of(session: Session, event_ids: Collection[int], now: datetime) -> dict[int, int]:
    """In which line of the record each of these events stands, of those that everybody can see by now."""
    shown = newest_checkpoint(session, now)
    size = shown.size if shown else 0
    return {id_: line for id_, line in numbers_about(session, ABOUT, event_ids).items() if line < size}


def _unentered(kinds: Collection[str]) -> Select[CommitmentEvent, Commitment, str]:
    rows = select(CommitmentEvent, Commitment, Place.code)
    rows = rows.join(Commitment, Commitment.id == CommitmentEvent.commitment_id)
    rows = rows.join(Place, Place.id == Commitment.place_id)
    wanted = Place.kind.in_(kinds), ~is_entered(ABOUT, CommitmentEvent.id)
    return rows.where(*wanted).order_by(CommitmentEvent.id)


def _entry(event: CommitmentEvent, commitment: Commitment, place: str, made: int | None = None) -> NewEntry:
    figure = json.loads(commitment.figure)
    said: dict[str, Value] = json.loads(event.texts if made is not None else commitment.will)
    # Salted: a sentence that a law makes the department take away shall not be guessed from its digest.
    text = to_bytes({"salt": secrets.token_hex(16), "texts": said}).decode()
    digest = hashlib.sha256(text.encode()).hexdigest()
    content: dict[str, Value] = {
        "place": place,
        "survey": figure["survey"],
        "question": figure["question"],
        "text": digest,
        "due": (event.due_on or commitment.due_on).isoformat(),
        "state": _STATES[Step(event.step)],
    }
    if made is not None:
        content["of"] = made
    return NewEntry("commitment", ABOUT, event.id, content, {f"texts/{digest}.json": text})
