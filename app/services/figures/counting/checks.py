"""Whether what is kept is what the answers say. Places take turns: in a year, every cell is counted seven times."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Place, ReasonCell, Response, Tally, WaitingCell
from app.models.round import is_blind
from app.services.figures.counting.cells import Cell, Contents, by_slice
from app.services.figures.counting.recounts import count_cells, sum_below
from app.services.places.ancestry import Ancestry

#: a night's share of all places
NIGHTS = 52


def cells_of_night(session: Session, day: date) -> list[Cell]:
    """One fifty-second of all cells, others every night for fifty-two nights."""
    turn = day.toordinal() % NIGHTS
    places = [place for place in session.scalars(select(Place.id)) if place % NIGHTS == turn]
    found: set[Cell] = set()
    for model in (Response, Tally, ReasonCell, WaitingCell):
        columns = (model.place_id, model.survey_version_id, model.week, model.channel)
        here = model.place_id.in_(places), ~is_blind(model.survey_version_id)
        rows = session.execute(select(*columns).where(*here).distinct())
        found.update(Cell(*row) for row in rows)
    return sorted(found)


def differing_cells(session: Session, cells: Collection[Cell]) -> list[Cell]:
    """Those that differ from their answers. Cells with marks are left out: what they lack is still to be folded."""
    ancestry = Ancestry.load(session)
    below = {part: sum_below(session, ancestry, part, places) for part, places in by_slice(cells).items()}
    differing = []
    for one in count_cells(session, cells):
        whole = Contents()
        whole.add(one.own)
        whole.add(below[one.cell.part][one.cell.place_id])
        same = whole.without_nothing() == one.stored and one.waits == one.stored_waits
        if not same and not one.marks:
            differing.append(one.cell)
    return differing
