"""Going on with the record after its last signed head was lost, or the database was put back: never silently."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.config import Settings
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.formats.record.notes import NoteRefused, RecordKey, open_checkpoint
from app.services.locks import Job
from app.services.record.log.beginning import break_after, require_key
from app.services.record.log.checkpoints import Checkpoint, newest_checkpoint, sign_head
from app.services.record.log.entries import enter, size_of
from app.services.record.log.hashes import root_at
from app.services.record.log.signed_heads import SignedHead, read_signed_head, write_signed_head
from app.services.record.sources.editions import may_be_shown_from
from app.transaction import transaction
from app.upkeep import alone

NOTHING_LOST = ProblemType("record.nothing_lost", 409, "The record continues what was signed last: there is no break.")
HEAD_REFUSED = ProblemType("record.head_refused", 422, "This is no head of the record: %(why)s")
BUSY = ProblemType("record.busy", 409, "The worker is keeping the record at this moment: try again.")


def resume_record(settings: Settings, last: str | None, now: datetime) -> Checkpoint:
    """Sign what is there, and enter before that a signed head is not continued, unless it is.

    `last` is the newest head that anybody has, as it was served; without it the one that was kept here, or the newest
    one in the database. Problems `record.nothing_lost`, `record.head_refused` and `record.key_foreign`.
    """
    with alone(Job.RECORD) as is_alone:
        if not is_alone:
            raise Problem(BUSY)
        with transaction() as session:
            key = require_key(session, settings.secrets.record, settings.host)
            given, kept = _opened(last, key) if last else None, kept_head(settings)
            lost = newest_head(session, given, kept, key.vkey)
            new = break_after(session, lost)
            # Without anybody's head nobody knows what was signed after the newest one here.
            if new is not None and not ((given or kept) and continues(session, lost)):
                enter(session, [new], day_of(now))
            elif kept == lost:
                raise Problem(NOTHING_LOST)
            size = size_of(session)
            root = root_at(session, size)
        # From here on this is what was signed last.
        write_signed_head(settings.record_folder, SignedHead(size, root, key.vkey))
        with transaction() as session:
            signed = sign_head(session, key, settings.record_folder, may_be_shown_from(session, now))
    if signed is None:
        raise Problem(NOTHING_LOST)
    return signed


def newest_head(session: Session, given: SignedHead | None, kept: SignedHead | None, vkey: str) -> SignedHead:
    """The newest head that anybody has, whoever it is: an older one would make the others forgotten."""
    newest = newest_checkpoint(session)
    here = SignedHead(newest.size, newest.root, vkey) if newest else None
    known = [head for head in (kept, given, here) if head is not None]
    if not known:
        raise Problem(NOTHING_LOST)
    return max(known, key=lambda head: head.size)


def continues(session: Session, head: SignedHead) -> bool:
    """Whether the record begins with what this head was signed over."""
    return head.size <= size_of(session) and root_at(session, head.size) == head.root


def kept_head(settings: Settings) -> SignedHead | None:
    """The one that was written down here; None where it is gone or says nothing."""
    try:
        return read_signed_head(settings.record_folder)
    except Problem:
        return None


def _opened(note: str, key: RecordKey) -> SignedHead:
    try:
        opened = open_checkpoint(note, key.vkey)
    except NoteRefused as refused:
        raise Problem(HEAD_REFUSED, why=str(refused)) from None
    return SignedHead(opened.size, opened.root, key.vkey)
