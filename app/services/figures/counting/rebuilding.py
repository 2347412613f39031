"""Making everything that is counted anew from the answers: tallies, reasons and what waits.

Week by week, from the bottom of the tree up, each place from its own answers and the cells of the places below. The
weeks that are still to be done are kept, so that a rebuild that was broken off goes on where it was. Answers are let
in all the while: what arrives leaves marks as ever, and is added when they are folded.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import delete, func, insert, select, union
from sqlalchemy.orm import Session

from app.models import ReasonCell, Response, StaleWeek, Tally, WaitingCell
from app.models.round import is_blind
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.recounts import MOST_CELLS, Counted, count_cells, keep_counted
from app.services.locks import Job, hold
from app.services.places.ancestry import Ancestry

#: the cells of each week, those of one depth of the tree together, the deepest first
Levels = list[list[Cell]]
_KEPT = (Tally, ReasonCell, WaitingCell)


def stale_weeks(session: Session) -> list[date]:
    """The weeks that are still to be made anew, the newest first."""
    return list(session.scalars(select(StaleWeek.week).order_by(StaleWeek.week.desc())))


def weeks_of_answers(session: Session) -> list[date]:
    """Every week of which there are answers that may be counted, or anything that was. Reads them all."""
    weeks = union(*(select(model.week).where(~is_blind(model.survey_version_id)) for model in (Response, *_KEPT)))
    return sorted(session.scalars(weeks))


def ask_for_rebuild(session: Session, weeks: Iterable[date]) -> None:
    """Begin from the start: all these weeks are to be made anew."""
    session.execute(delete(StaleWeek))
    rows = [{"week": week} for week in weeks]
    if rows:
        session.execute(insert(StaleWeek), rows)


def cells_by_week(session: Session, weeks: Sequence[date]) -> dict[date, set[Cell]]:
    """The cells of these weeks that have answers or anything kept. Reads an index of all answers once."""
    found: dict[date, set[Cell]] = {week: set() for week in weeks}
    for model in (Response, *_KEPT):
        columns = (model.place_id, model.survey_version_id, model.week, model.channel)
        may_be_counted = ~is_blind(model.survey_version_id)
        rows = session.execute(select(*columns).where(may_be_counted).distinct().execution_options(yield_per=10_000))
        for row in rows:
            if row.week in found:
                found[row.week].add(Cell(*row))
    return found


def levels_of(ancestry: Ancestry, cells: Iterable[Cell]) -> Levels:
    """The cells and those of all places above them, from the bottom up."""
    levels: dict[int, set[Cell]] = defaultdict(set)
    for cell in cells:
        line = (cell.place_id, *ancestry.ancestors(cell.place_id, cell.week))
        for at, place in enumerate(line):
            levels[len(line) - at].add(cell._replace(place_id=place))
    return [sorted(levels[depth]) for depth in sorted(levels, reverse=True)]


def portions(levels: Levels) -> Iterator[list[Cell]]:
    """As many cells of one depth as are counted together."""
    for level in levels:
        yield from (level[start : start + MOST_CELLS] for start in range(0, len(level), MOST_CELLS))


def keep_portion(session: Session, ancestry: Ancestry, counted: Sequence[Counted]) -> list[Cell]:
    """Keep what was counted; the cells that were touched meanwhile, to be counted once more."""
    hold(session, Job.FOLD)
    return keep_counted(session, ancestry, counted, spread=False)


def finish_week(session: Session, week: date) -> None:
    session.execute(delete(StaleWeek).where(StaleWeek.week == week))


def rebuild_tallies(session: Session) -> int:
    """Everything in the caller's transaction, for small databases and tests; how many tallies there are then."""
    hold(session, Job.FOLD)
    ancestry = Ancestry.load(session)
    for cells in cells_by_week(session, weeks_of_answers(session)).values():
        for portion in portions(levels_of(ancestry, cells)):
            while portion:
                portion = keep_portion(session, ancestry, count_cells(session, portion))
    session.execute(delete(StaleWeek))
    return count_tallies(session)


def count_tallies(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Tally)) or 0
