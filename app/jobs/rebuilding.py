"""Making everything that is counted anew, in portions, while answers are let in."""

import time
from collections.abc import Callable
from datetime import date

from app.services.figures.counting.cells import Cell
from app.services.figures.counting.rebuilding import (
    ask_for_rebuild,
    cells_by_week,
    finish_week,
    keep_portion,
    levels_of,
    portions,
    stale_weeks,
    weeks_of_answers,
)
from app.services.figures.counting.recounts import count_cells
from app.services.locks import Job
from app.services.places.ancestry import Ancestry
from app.transaction import reading, transaction
from app.upkeep import alone, learn_sizes, let_others_in

#: what a rebuild tells after each portion: the week, and how many weeks are left, this one among them
Progress = Callable[[date, int], None]


def begin_rebuild() -> int:
    """Ask for all weeks to be made anew, whatever a rebuild before has done; how many there are."""
    with reading() as session:
        weeks = weeks_of_answers(session)
    with transaction() as session:
        ask_for_rebuild(session, weeks)
    return len(weeks)


def go_on_rebuilding(progress: Progress = lambda _week, _left: None, for_seconds: float | None = None) -> bool:
    """Make the weeks anew that are still to be done, for about as long as is said; whether all are done.

    False as well if somebody else is at it.
    """
    with reading() as session:
        if not stale_weeks(session):
            return True
    began = time.monotonic()
    with alone(Job.REBUILD) as is_alone:
        if not is_alone:
            return False
        with reading() as session:
            weeks = stale_weeks(session)
            cells = cells_by_week(session, weeks)
        for done, week in enumerate(weeks):
            progress(week, len(weeks) - done)
            _rebuild_week(week, cells.pop(week))
            if for_seconds is not None and time.monotonic() - began > for_seconds:
                return done + 1 == len(weeks)
        learn_sizes()
    return True


def _rebuild_week(week: date, cells: set[Cell]) -> None:
    with reading() as session:
        ancestry = Ancestry.load(session)
    for portion in portions(levels_of(ancestry, cells)):
        left = portion
        while left:
            with reading() as session:
                counted = count_cells(session, left)
            with transaction() as session:
                left = keep_portion(session, ancestry, counted)
            let_others_in()
    with transaction() as session:
        finish_week(session, week)
