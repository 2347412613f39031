"""Counting some cells anew every night, to see whether they are still what their answers say."""

import logging
from datetime import date

from app.jobs.folding import fold_all
from app.services.chunks import chunks
from app.services.figures.counting.checks import cells_of_night, differing_cells
from app.services.figures.counting.rebuilding import stale_weeks
from app.services.figures.counting.recounts import mark_cells
from app.transaction import reading, transaction

_log = logging.getLogger(__name__)


def check_cells(day: date) -> int:
    """Count the cells whose turn it is; how many differed. They are said to differ, and are counted anew.

    Weeks that wait for a rebuild are known to differ, and left to it.
    """
    fold_all()
    with reading() as session:
        stale = set(stale_weeks(session))
        cells = [cell for cell in cells_of_night(session, day) if cell.week not in stale]
    differing = []
    for chunk in chunks(cells):
        with reading() as session:
            differing += differing_cells(session, chunk)
    if differing:
        with transaction() as session:
            mark_cells(session, differing)
        # A fault of ours, or somebody has changed the database by hand: neither should go unnoticed.
        _log.error(
            "tallies.differ: %d of %d cells were not what their answers say, and are counted anew",
            len(differing),
            len(cells),
        )
        fold_all()
    return len(differing)
