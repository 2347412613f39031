"""Sealing what has arrived and what was judged, a portion at a time; marking what is from before there were marks."""

import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from app.services.responses.seals.adoption import adopt_answers, adopt_verdicts
from app.services.responses.seals.kept_counts import fallen, keep_counts, read_counts
from app.services.responses.seals.row_marks import MARK_KEY, read_names
from app.services.responses.seals.sealing import seal_portion
from app.services.responses.seals.week_seals import read_seals
from app.transaction import reading, transaction
from app.upkeep import let_others_in

_log = logging.getLogger(__name__)


def seal_all() -> int:
    """Multiply everything that is new into the seals of its weeks; how much that was."""
    sealed = 0
    while True:
        with transaction() as session:
            portion = seal_portion(session)
        if not portion:
            return sealed
        sealed += portion
        let_others_in()


def watch_counts(folder: Path) -> None:
    """Say which weeks have fewer answers in their seals than were in them, and write down how many those have."""
    kept = read_counts(folder)
    with reading() as session:
        seals = read_seals(session) if session.info[MARK_KEY] else []
    for line in fallen(kept, seals):
        # Somebody has put back rows of an earlier day: `samvad seal verify` says the same.
        _log.error("seals.put_back: %s", line)
    keep_counts(folder, kept, seals)


def adopt_all() -> Iterator[int]:
    """Mark what has no mark; after each portion, how many that were. One that is broken off is gone on with."""
    with reading() as session:
        names = read_names(session)
    last = UUID(int=0)
    while True:
        with transaction() as session:
            adopted = adopt_answers(session, names, last)
        if adopted is None:
            break
        last = adopted.last
        yield adopted.marked
        let_others_in()
    last = UUID(int=0)
    while True:
        with transaction() as session:
            adopted = adopt_verdicts(session, last)
        if adopted is None:
            return
        last = adopted.last
        let_others_in()
