"""Checkpoints: heads of the record that were signed, and from when on each is shown."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.formats.record.notes import RecordKey, checkpoint_text
from app.models import RecordCheckpoint
from app.services.record.log.entries import size_of
from app.services.record.log.hashes import root_at
from app.services.record.log.signed_heads import SignedHead, no_state, read_signed_head, write_signed_head

RECORD_SHRUNK = ProblemType(
    "record.shrunk",
    500,
    "The record was signed with %(signed)d entries, and the database holds %(found)d: it was put back from a backup, or"
    " something was taken away. Nothing is signed. Run `samvad record resume` to go on with a break that all can see.",
)
RECORD_FORKED = ProblemType(
    "record.forked",
    500,
    "The first %(signed)d entries of the record are not those that were signed: nothing is signed. Run"
    " `samvad record resume` to go on with a break that all can see.",
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`note` is what is served, byte for byte."""

    size: int
    root: bytes
    note: str
    shown_from: datetime


def newest_checkpoint(session: Session, now: datetime | None = None) -> Checkpoint | None:
    """The newest one; with `now` the newest that is shown by then."""
    rows = select(RecordCheckpoint).order_by(RecordCheckpoint.size.desc()).limit(1)
    row = session.scalar(rows if now is None else rows.where(RecordCheckpoint.shown_from <= now))
    return None if row is None else Checkpoint(row.size, row.root, row.note, row.shown_from)


def is_signed(session: Session) -> bool:
    """Whether there is nothing behind the newest head, and so nothing to sign."""
    newest = newest_checkpoint(session)
    return size_of(session) == (newest.size if newest else 0)


def sign_head(session: Session, key: RecordKey, folder: Path, shown_from: datetime) -> Checkpoint | None:
    """Sign what is committed, to be shown from then on and not before the one before it. None if there is nothing new.

    Problems `record.state_unreadable`, `record.shrunk` and `record.forked`, and then nothing is signed.
    """
    require_continued(session, folder)
    if is_signed(session):
        return None
    before, size = newest_checkpoint(session), size_of(session)
    root = root_at(session, size)
    # Before it is shown to anybody, so that what was shown can be read here whatever happens.
    write_signed_head(folder, SignedHead(size, root, key.vkey))
    note = key.sign(checkpoint_text(key.name, size, root))
    shown = max(shown_from, before.shown_from) if before else shown_from
    session.add(RecordCheckpoint(size=size, root=root, note=note, shown_from=shown))
    return Checkpoint(size, root, note, shown)


def require_continued(session: Session, folder: Path) -> None:
    """Problems `record.…` unless the record begins with all that was ever signed."""
    signed = read_signed_head(folder)
    if signed is None:
        if newest_checkpoint(session) is not None:
            raise no_state(folder)
        return
    found = size_of(session)
    if found < signed.size:
        raise Problem(RECORD_SHRUNK, signed=signed.size, found=found)
    if root_at(session, signed.size) != signed.root:
        raise Problem(RECORD_FORKED, signed=signed.size)
