"""The record as a folder of files, for a USB stick or any web server: it is checked without anything of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.installation.public_results import kinds_shown
from app.domain.problem import Problem, ProblemType
from app.domain.weeks import day_of
from app.models import Edition, EditionDay, ReceiptList, ReceiptNumber, RecordCheckpoint, RecordEntry
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.public_results import public_results
from app.services.record.editions import shown_editions
from app.services.record.log.checkpoints import Checkpoint, newest_checkpoint
from app.services.record.log.cosignatures import witnessed_note
from app.services.record.log.files import CHECKPOINT, all_files
from app.services.record.receipt_lists import list_of, published_lists
from app.services.whole_files import write_whole
from app.transaction import reading

NOT_BEGUN = ProblemType("record.not_begun", 409, "Nothing has been signed yet: the worker begins the record.")


#: the tables that it is made of
SOURCES = (RecordEntry, RecordCheckpoint, EditionDay, Edition, ReceiptList, ReceiptNumber)


@dataclass(frozen=True, slots=True)
class Exported:
    """The head that the folder is of now, and how many files were new."""

    checkpoint: Checkpoint
    written: int


def export_record(folder: Path, now: datetime) -> Exported:
    """Write what everybody can see and the folder lacks; Problem `record.not_begun`.

    The signed head comes last: a copy that was broken off is whole up to the head that it had.
    """
    with reading() as session:
        checkpoint = newest_checkpoint(session, now)
        if checkpoint is None:
            raise Problem(NOT_BEGUN)
        head, written = witnessed_note(session, checkpoint), 0
        for path, content in _files(session, checkpoint.size, now):
            file = folder / path
            # What is named by its digest never changes; a part of a tile may, after a restore.
            if not file.exists() or (".p/" in path and file.read_bytes() != content):
                file.parent.mkdir(parents=True, exist_ok=True)
                write_whole(file, content)
                written += 1
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / CHECKPOINT, head.encode())
    return Exported(checkpoint, written)


def _files(session: Session, size: int, now: datetime) -> Iterator[tuple[str, bytes]]:
    yield from all_files(session, size)
    kinds = [kind.value for kind in kinds_shown(public_results(session), day_of(now))]
    for digest, text in shown_editions(session, kinds, what_is_shown(session, now)):
        yield f"figures/{digest}.json", text.encode()
    for each in published_lists(session):
        yield f"receipts/{each.last_week}.txt", list_of(session, each.last_week).encode()
