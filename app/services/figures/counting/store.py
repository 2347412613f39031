"""Cells as they are kept: tallies, reasons and what waits. Every writer here holds the fold lock."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.figures.counters import pack, unpack
from app.models import Base, ReasonCell, Tally, WaitingCell
from app.services.chunks import chunks
from app.services.figures.counting.cells import Cell, Contents, Slice, Waits


def stored_contents(session: Session, part: Slice, places: Iterable[int]) -> dict[int, Contents]:
    """What is kept for these places and everything below them."""
    found: dict[int, Contents] = defaultdict(Contents)
    for chunk in chunks(sorted(places)):
        columns = (Tally.place_id, Tally.verdict, Tally.responses, Tally.counters)
        for place, verdict, responses, counters in session.execute(select(*columns).where(*_of(Tally, part, chunk))):
            # Kept beside its counters for those who ask for nothing else: if it differs, that is to be seen.
            found[place].vectors[verdict] = [responses, *unpack(counters)[1:]]
        reasons = (ReasonCell.place_id, ReasonCell.reason, ReasonCell.responses)
        for place, reason, number in session.execute(select(*reasons).where(*_of(ReasonCell, part, chunk))):
            found[place].reasons[reason] = number
    return found


def replace_contents(session: Session, part: Slice, new: Mapping[int, Contents], old: Mapping[int, Contents]) -> int:
    """Keep `new` for these places, where `old` is what is kept now; how many tallies were written."""
    tallies, reasons = [], []
    for place, contents in new.items():
        key = {"place_id": place, **part._asdict()}
        before = old.get(place, Contents())
        for verdict, vector in contents.vectors.items():
            if vector[0] and before.vectors.get(verdict) != vector:
                tallies.append({**key, "verdict": verdict, "responses": vector[0], "counters": pack(vector)})
        for reason, number in contents.reasons.items():
            if number and before.reasons.get(reason) != number:
                reasons.append({**key, "reason": reason, "responses": number})
    for place, before in old.items():
        if place in new:
            _remove_gone(session, part, place, new[place].without_nothing(), before)
    upsert(session, Base.metadata.tables["tally"], tallies)
    upsert(session, Base.metadata.tables["reason_cell"], reasons)
    return len(tallies)


def stored_waits(session: Session, cells: Collection[Cell]) -> dict[Cell, Waits]:
    """How many answers wait in each; nothing for a cell in which none does.

    SQLite finds a row by a list of values for each column of its key, and reads the whole table for a list of keys.
    """
    wanted = set(cells)
    same = (
        WaitingCell.survey_version_id.in_({cell.survey_version_id for cell in wanted}),
        WaitingCell.channel.in_({cell.channel for cell in wanted}),
        WaitingCell.week.in_({cell.week for cell in wanted}),
    )
    columns = (
        WaitingCell.place_id,
        WaitingCell.survey_version_id,
        WaitingCell.week,
        WaitingCell.channel,
        WaitingCell.counted,
        WaitingCell.set_aside,
    )
    found: dict[Cell, Waits] = {}
    for chunk in chunks(sorted({cell.place_id for cell in wanted})):
        for row in session.execute(select(*columns).where(WaitingCell.place_id.in_(chunk), *same)):
            if (cell := Cell(*row[:4])) in wanted:
                found[cell] = Waits(*row[4:])
    return found


def add_waits(session: Session, more: Mapping[Cell, Waits]) -> None:
    """Count on. A row goes when nothing waits; one with less than nothing stays, until folding has come so far."""
    stored = stored_waits(session, more.keys())
    replace_waits(session, {cell: stored.get(cell, Waits()).plus(one) for cell, one in more.items()}, stored)


def replace_waits(session: Session, new: Mapping[Cell, Waits], old: Mapping[Cell, Waits]) -> None:
    changed = {cell: waits for cell, waits in new.items() if waits != old.get(cell, Waits())}
    rows = [{**cell._asdict(), **waits._asdict()} for cell, waits in changed.items() if any(waits)]
    upsert(session, Base.metadata.tables["waiting_cell"], rows)
    gone = [{f"of_{name}": value for name, value in cell._asdict().items()} for cell in changed if not any(new[cell])]
    if gone:
        table = Base.metadata.tables["waiting_cell"]
        same = (table.c[name] == bindparam(f"of_{name}") for name in Cell._fields)
        session.execute(table.delete().where(*same), gone)


def upsert(session: Session, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows, or put them in the place of those with the same key."""
    if not rows:
        return
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
    values = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    session.execute(insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=values), rows)


def _remove_gone(session: Session, part: Slice, place: int, new: Contents, old: Contents) -> None:
    verdicts = old.vectors.keys() - new.vectors.keys()
    if verdicts:
        session.execute(delete(Tally).where(*_of(Tally, part, [place]), Tally.verdict.in_(verdicts)))
    reasons = old.reasons.keys() - new.reasons.keys()
    if reasons:
        session.execute(delete(ReasonCell).where(*_of(ReasonCell, part, [place]), ReasonCell.reason.in_(reasons)))


def _of(model: type[Tally] | type[ReasonCell], part: Slice, places: list[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        model.place_id.in_(places),
        model.survey_version_id == part.survey_version_id,
        model.week == part.week,
        model.channel == part.channel,
    )
