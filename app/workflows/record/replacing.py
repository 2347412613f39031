"""Going on with the record under another key after its own was lost for good: never silently."""

from datetime import datetime
from pathlib import Path

from app.config import Secrets, Settings
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.formats.record.notes import RecordKey
from app.services.locks import Job
from app.services.record.log.beginning import break_after, key_of_record, replacement
from app.services.record.log.checkpoints import Checkpoint, sign_head
from app.services.record.log.entries import enter, entry_at, size_of
from app.services.record.log.hashes import root_at
from app.services.record.log.signed_heads import SignedHead, write_signed_head
from app.services.record.sources.editions import may_be_shown_from
from app.transaction import reading, transaction
from app.upkeep import alone
from app.workflows.keys import add_record_key
from app.workflows.record.export import NOT_BEGUN
from app.workflows.record.resuming import BUSY, continues, kept_head, newest_head

KEY_KEPT = ProblemType("record.key_kept", 409, "The secrets hold the key that signs this record: it is not lost.")


def replace_key(settings: Settings, path: Path, now: datetime) -> Checkpoint:
    """Draw a key into the secrets at this path where they hold none, enter that it takes the place of the lost one, and
    sign with it. Run again after it was broken off, it goes on.

    Problems `record.not_begun`, `record.key_kept` and `record.busy`.
    """
    with alone(Job.RECORD) as is_alone:
        if not is_alone:
            raise Problem(BUSY)
        with reading() as session:
            begun, before = entry_at(session, 0), key_of_record(session)
        if begun is None or before is None:
            raise Problem(NOT_BEGUN)
        # First the file: a key that is entered and that nobody has would be another one that is lost.
        add_record_key(path)
        key = RecordKey(str(begun.content["origin"]), Secrets.from_file(path).record)
        is_entered = key.vkey == before
        with transaction() as session:
            last = newest_head(session, None, kept_head(settings), before)
            if is_entered and last.vkey == before:
                raise Problem(KEY_KEPT)
            broken = None if is_entered or continues(session, last) else break_after(session, last)
            new = [] if is_entered else replacement(before, key)
            enter(session, [*([broken] if broken else []), *new], day_of(now))
            size = size_of(session)
            root = root_at(session, size)
        write_signed_head(settings.record_folder, SignedHead(size, root, key.vkey))
        with transaction() as session:
            signed = sign_head(session, key, settings.record_folder, may_be_shown_from(session, now))
    if signed is None:
        raise Problem(KEY_KEPT)
    return signed
