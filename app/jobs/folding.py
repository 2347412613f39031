"""Bringing live counts up to date, a portion at a time, so that answers are let in between."""

from app.services.figures.tallies import add_marked, count_marked, count_marks, keep_marked
from app.transaction import reading, transaction
from app.upkeep import clean_marks, let_others_in


def fold_all() -> int:
    """Fold until no mark is left that was there at the beginning; how many were folded. Without marks, only reads."""
    with reading() as session:
        waiting = count_marks(session)
    if not waiting:
        return 0
    _count_anew()
    folded = 0
    while folded < waiting:
        with transaction() as session:
            marks = add_marked(session).marks
        folded += marks
        if not marks:
            break
        if folded < waiting:
            let_others_in()
    clean_marks()
    return waiting


def _count_anew() -> None:
    """Cells for which somebody asks are read and counted without the lock, which is held to keep the result."""
    while True:
        with reading() as session:
            counted = count_marked(session)
        if not counted:
            return
        with transaction() as session:
            keep_marked(session, counted)
        let_others_in()
