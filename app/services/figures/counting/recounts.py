"""Counting cells anew from their answers: for moves of places, an older version's marks, rebuilding and checking.

Reading and counting is done without the lock, however many answers a cell has. What was counted is then kept only if
nobody touched the cell meanwhile; otherwise it is counted once more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from json import loads

from sqlalchemy import Select, delete, exists, insert, select
from sqlalchemy.orm import Session

from app.models import ReleaseMember, Response, TallyMark, Verdict
from app.services.chunks import chunks
from app.services.figures.counting.cells import NO_REASONS, Cell, Contents, Slice, Waits, by_slice
from app.services.figures.counting.store import replace_contents, replace_waits, stored_contents, stored_waits
from app.services.figures.counting.survey_counters import counter_of
from app.services.places.ancestry import Ancestry
from app.services.responses.verdicts import holds

Marks = Mapping[Cell, frozenset[int]]
#: cells that are counted anew together
MOST_CELLS = 500
#: answers of which the vectors are added up at once
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What a place's own answers in a cell come to, the marks that are in it, and what was kept then."""

    cell: Cell
    own: Contents
    waits: Waits
    marks: frozenset[int]
    stored: Contents
    stored_waits: Waits


def count_cells(session: Session, cells: Collection[Cell]) -> list[Counted]:
    """Read and count these cells; the session need not hold the lock.

    What is kept is read first, and marks before and after the answers: where each statement sees a state of its own,
    an answer is counted if and only if its mark was seen.
    """
    while True:
        stored, waits = _stored(session, cells), stored_waits(session, cells)
        marks = _marks(session, cells)
        own = {
            Cell(place, *part): counted
            for part, places in by_slice(cells).items()
            for place, counted in count_own(session, part, places).items()
        }
        if _marks(session, cells) == marks:
            return [
                Counted(cell, *own[cell], marks.get(cell, frozenset()), stored[cell], waits.get(cell, Waits()))
                for cell in cells
            ]


def count_own(session: Session, part: Slice, places: Collection[int]) -> dict[int, tuple[Contents, Waits]]:
    """What the own answers of each place come to, and how many of them wait."""
    counter = counter_of(session, part.survey_version_id)
    own = {place: Contents() for place in places}
    waits = dict.fromkeys(places, Waits())
    for chunk in chunks(sorted(places)):
        for several in session.execute(_answers(part, chunk)).partitions(_AT_ONCE):
            texts: dict[tuple[int, str], list[str]] = defaultdict(list)
            for place, verdict, reasons, text, published in several:
                texts[place, verdict].append(text)
                if not published:
                    waits[place] = waits[place].with_one(verdict)
                if reasons != NO_REASONS:
                    own[place].reasons.update(loads(reasons))
            for (place, verdict), listed in texts.items():
                own[place].add(Contents({verdict: counter.count(listed, part.week)}))
    return {place: (own[place], waits[place]) for place in places}


def keep_counted(session: Session, ancestry: Ancestry, counted: Iterable[Counted], *, spread: bool) -> list[Cell]:
    """Keep what was counted, and return the cells that have to be counted once more.

    The caller holds the fold lock, and no cell lies above another. A cell is what was counted and the cells of the
    places below. With `spread` the place above is marked, so that it is counted anew after this.
    """
    left: list[Cell] = []
    good: list[Counted] = []
    for part, ones in _by_slice(counted).items():
        now = stored_contents(session, part, [one.cell.place_id for one in ones])
        waits = stored_waits(session, [one.cell for one in ones])
        for one in ones:
            same = now.get(one.cell.place_id, Contents()) == one.stored
            same = same and waits.get(one.cell, Waits()) == one.stored_waits and _still_there(session, one.marks)
            if same:
                good.append(one)
            else:
                left.append(one.cell)
    for part, kept in _by_slice(good).items():
        _keep(session, ancestry, part, kept)
        replace_waits(session, {one.cell: one.waits for one in kept}, {one.cell: one.stored_waits for one in kept})
    read = [mark for one in good for mark in one.marks]
    for chunk in chunks(read):
        session.execute(delete(TallyMark).where(TallyMark.id.in_(chunk)))
    if spread:
        mark_cells(session, _above(ancestry, [one.cell for one in good]))
    return left


def mark_cells(session: Session, cells: Iterable[Cell]) -> None:
    """Ask for these cells to be counted anew."""
    rows = [cell._asdict() for cell in sorted(cells)]
    if rows:
        session.execute(insert(TallyMark), rows)


def sum_below(session: Session, ancestry: Ancestry, part: Slice, places: Iterable[int]) -> dict[int, Contents]:
    """For each place, the sum of what is kept for the places right below it."""
    children = {place: ancestry.children(place, part.week) for place in places}
    stored = stored_contents(session, part, {child for below in children.values() for child in below})
    sums: dict[int, Contents] = defaultdict(Contents)
    for place, below in children.items():
        for child in below & stored.keys():
            sums[place].add(stored[child])
    return sums


def _keep(session: Session, ancestry: Ancestry, part: Slice, kept: Collection[Counted]) -> None:
    below = sum_below(session, ancestry, part, [one.cell.place_id for one in kept])
    new = {}
    for one in kept:
        new[one.cell.place_id] = whole = Contents()
        whole.add(one.own)
        whole.add(below[one.cell.place_id])
    replace_contents(session, part, new, {one.cell.place_id: one.stored for one in kept})


def _answers(part: Slice, places: list[int]) -> Select[int, str, str, str, bool]:
    in_a_block = exists(select(1).where(ReleaseMember.response_id == Response.id))
    return (
        select(Response.place_id, Verdict.verdict, Verdict.reasons, Response.answers, in_a_block)
        .select_from(Response)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(
            Response.place_id.in_(places),
            Response.survey_version_id == part.survey_version_id,
            Response.week == part.week,
            Response.channel == part.channel,
            holds(),
        )
        .execution_options(yield_per=_AT_ONCE)
    )


def _stored(session: Session, cells: Iterable[Cell]) -> dict[Cell, Contents]:
    found: dict[Cell, Contents] = {}
    for part, places in by_slice(cells).items():
        stored = stored_contents(session, part, places)
        found.update({Cell(place, *part): stored.get(place, Contents()) for place in places})
    return found


def _marks(session: Session, cells: Collection[Cell]) -> dict[Cell, frozenset[int]]:
    """The marks of these cells. All there are are looked through: few wait at a time."""
    wanted = set(cells)
    columns = (TallyMark.place_id, TallyMark.survey_version_id, TallyMark.week, TallyMark.channel, TallyMark.id)
    found: dict[Cell, set[int]] = defaultdict(set)
    for row in session.execute(select(*columns)):
        if (cell := Cell(*row[:4])) in wanted:
            found[cell].add(row.id)
    return {cell: frozenset(ids) for cell, ids in found.items()}


def _still_there(session: Session, marks: frozenset[int]) -> bool:
    """Whether nobody has folded them meanwhile."""
    found = 0
    for chunk in chunks(marks):
        found += len(session.scalars(select(TallyMark.id).where(TallyMark.id.in_(chunk))).all())
    return found == len(marks)


def _above(ancestry: Ancestry, cells: Iterable[Cell]) -> set[Cell]:
    parents = ((cell, ancestry.parent(cell.place_id, cell.week)) for cell in cells)
    return {cell._replace(place_id=parent) for cell, parent in parents if parent is not None}


def _by_slice(counted: Iterable[Counted]) -> dict[Slice, list[Counted]]:
    slices: dict[Slice, list[Counted]] = defaultdict(list)
    for one in counted:
        slices[one.cell.part].append(one)
    return slices
