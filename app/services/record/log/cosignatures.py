"""Witnesses: people outside the department who sign heads of the record that they found to continue earlier ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.formats.record.notes import (
    MOST_SIGNATURES,
    NoteRefused,
    cosignature_of,
    cosigned_at,
    line_of,
    open_checkpoint,
    read_vkey,
)
from app.models import RecordCheckpoint, RecordCosignature
from app.services.record.log.beginning import key_of_record
from app.services.record.log.checkpoints import Checkpoint

COSIGNATURE_REFUSED = ProblemType(
    "record.cosignature_refused", 422, "This is no head of the record that the witness signed: %(why)s"
)


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness vouches that the record of this size continues all that it saw before."""

    size: int
    name: str
    at: datetime


def keep_cosignature(session: Session, note: str, witness: str, now: datetime) -> Cosignature:
    """Keep the line of this witness (its vkey) from a note, over a head that everybody can see.

    Problem `record.cosignature_refused`. A witness that signs a head again takes the place of its earlier line.
    """
    key = key_of_record(session)
    try:
        if key is None:
            raise NoteRefused("nothing has been signed yet")
        opened = open_checkpoint(note, key)
        at = cosignature_of(note, witness)
        line, name = line_of(note, witness), read_vkey(witness).name
        signed = session.get(RecordCheckpoint, opened.size)
        if at is None or signed is None or signed.root != opened.root or signed.shown_from > now:
            raise NoteRefused("this record was not signed in this state")
        if len(_lines(session, opened.size, other_than=name)) >= MOST_SIGNATURES - 1:
            raise NoteRefused("it has as many signatures as a note may have")
    except ValueError as refused:
        raise Problem(COSIGNATURE_REFUSED, why=str(refused)) from None
    session.merge(RecordCosignature(size=opened.size, name=name, line=line))
    session.flush()
    return Cosignature(opened.size, name, at)


def witnessed_note(session: Session, checkpoint: Checkpoint) -> str:
    """The note with the lines of all who signed this very head, in order."""
    return checkpoint.note + "".join(f"{line}\n" for line in _lines(session, checkpoint.size))


def last_cosigned(session: Session, size: int) -> list[Cosignature]:
    """Who signed the newest head, of this size or a smaller one, that any witness signed; by their names."""
    newest = select(func.max(RecordCosignature.size)).where(RecordCosignature.size <= size).scalar_subquery()
    rows = session.scalars(select(RecordCosignature).where(RecordCosignature.size == newest))
    return sorted((Cosignature(row.size, row.name, cosigned_at(row.line)) for row in rows), key=lambda one: one.name)


def _lines(session: Session, size: int, other_than: str = "") -> list[str]:
    rows = select(RecordCosignature.line).where(RecordCosignature.size == size, RecordCosignature.name != other_than)
    return sorted(session.scalars(rows))
