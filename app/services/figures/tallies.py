"""Tallies: live counts by place and week. What is new is added to them; they can always be made anew.

A cell holds what was said about a place and everything below it in that week. Marks name the answers that they stand
for: each is added once, in the transaction that deletes its mark. A mark that names none asks for its cell to be
counted anew.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from app.models import TallyMark
from app.services.chunks import chunks
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.changes import News, add_news
from app.services.figures.counting.recounts import MOST_CELLS, Counted, count_cells, keep_counted
from app.services.locks import Job, hold
from app.services.places.ancestry import Ancestry
from app.services.responses.marks import ID_BYTES, read_changes, read_ids

#: marks, and answers named by them, that are folded in one transaction: a third of a second of work
FOLD_LIMIT = 1_000
MOST_ANSWERS = 1_000
_KEY = (TallyMark.place_id, TallyMark.survey_version_id, TallyMark.week, TallyMark.channel)
_COLUMNS = (TallyMark.id, *_KEY, TallyMark.responses, TallyMark.changes)
_Mark = Row[int, int, int, date, str, bytes | None, bytes | None]
_NAMES_SOME = TallyMark.responses.is_not(None) | TallyMark.changes.is_not(None)


@dataclass(frozen=True, slots=True)
class Folded:
    marks: int
    cells: int


def fold_marks(session: Session, limit: int = FOLD_LIMIT) -> Folded:
    """Bring cells that were marked up to date, in the caller's transaction: `limit` marks that name their answers,
    and all that ask for a cell to be counted anew.

    A mark becomes visible together with its responses. One that another transaction has not committed yet stays for
    the next time.
    """
    hold(session, Job.FOLD)
    marks = cells = 0
    while counted := count_marked(session):
        marks += sum(len(one.marks) for one in counted)
        cells += len(counted)
        keep_marked(session, counted)
    added = add_marked(session, limit)
    return Folded(marks + added.marks, cells + added.cells)


def add_marked(session: Session, limit: int = FOLD_LIMIT) -> Folded:
    """Add the answers that marks name, and delete exactly the marks that were read."""
    hold(session, Job.FOLD)
    marks: dict[int, _Mark] = {}
    answers = 0
    for mark in session.execute(select(*_COLUMNS).where(_NAMES_SOME).order_by(TallyMark.id).limit(limit)):
        marks[mark.id] = mark
        answers += len(mark.responses or b"") // ID_BYTES
        if answers >= MOST_ANSWERS:
            break
    for cell in {_cell_of(mark) for mark in marks.values() if mark.changes}:
        # An answer must have been added before it can be moved.
        same = [column == value for column, value in zip(_KEY, cell, strict=True)]
        marks.update({mark.id: mark for mark in session.execute(select(*_COLUMNS).where(_NAMES_SOME, *same))})
    news: dict[Cell, News] = defaultdict(News)
    for mark in marks.values():
        news[_cell_of(mark)].responses += read_ids(mark.responses)
        news[_cell_of(mark)].changes += read_changes(mark.changes)
    cells = add_news(session, news)
    for chunk in chunks(marks):
        session.execute(delete(TallyMark).where(TallyMark.id.in_(chunk)))
    return Folded(len(marks), cells)


def count_marked(session: Session) -> list[Counted]:
    """Count some of the cells anew for which a mark asks, those that lie deepest first. Needs no lock."""
    marked = {Cell(*row) for row in session.execute(select(*_KEY).where(~_NAMES_SOME).distinct())}
    if not marked:
        return []
    ancestry = Ancestry.load(session)
    depths = {cell: len(ancestry.ancestors(cell.place_id, cell.week)) for cell in marked}
    deepest = max(depths.values())
    return count_cells(session, sorted(cell for cell in marked if depths[cell] == deepest)[:MOST_CELLS])


def keep_marked(session: Session, counted: Sequence[Counted]) -> None:
    """Keep them, and ask for the cells above. Those that were touched since they were counted stay marked."""
    hold(session, Job.FOLD)
    keep_counted(session, Ancestry.load(session), counted, spread=True)


def count_marks(session: Session) -> int:
    """How many marks wait to be folded."""
    return session.scalar(select(func.count()).select_from(TallyMark)) or 0


def _cell_of(mark: _Mark) -> Cell:
    return Cell(mark.place_id, mark.survey_version_id, mark.week, mark.channel)
