"""Tallies: live counts by place and week, always recomputed from the responses.

A cell holds what was said about a place and everything below it in that week. It is made of the place's own
responses and the cells of its children, so places are recomputed from the bottom up, each from what is true
now: folding twice, or in another order, gives the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from app.domain.figures.counters import add, pack, unpack
from app.models import Response, Tally, TallyMark, Verdict
from app.services.figures.survey_counters import counter_of
from app.services.locks import Job, hold
from app.services.places.ancestry import Ancestry
from app.services.responses.verdicts import holds

#: marks folded in one transaction: about a second of work, so that ingest waits no longer for the lock
FOLD_LIMIT = 2_000
_CHUNK = 500


class _Slice(NamedTuple):
    """All cells that are recomputed together."""

    survey_version_id: int
    week: date
    channel: str


@dataclass(frozen=True, slots=True)
class Folded:
    marks: int
    cells: int


def fold_marks(session: Session, limit: int = FOLD_LIMIT) -> Folded:
    """Bring the cells that ingest has marked up to date, and delete exactly the marks that were read.

    A mark becomes visible together with its responses, so whatever mark is read, the responses it stands for
    are read too. One that another transaction has not committed yet stays for the next time.
    """
    hold(session, Job.FOLD)
    columns = (TallyMark.id, TallyMark.place_id, TallyMark.survey_version_id, TallyMark.week, TallyMark.channel)
    marks = session.execute(select(*columns).order_by(TallyMark.id).limit(limit)).all()
    if not marks:
        return Folded(0, 0)
    places: dict[_Slice, set[int]] = defaultdict(set)
    for _, place_id, version_id, week, channel in marks:
        places[_Slice(version_id, week, channel)].add(place_id)
    cells = _recompute(session, places)
    read = [mark.id for mark in marks]
    for start in range(0, len(read), _CHUNK):
        session.execute(delete(TallyMark).where(TallyMark.id.in_(read[start : start + _CHUNK])))
    return Folded(len(read), cells)


def rebuild_tallies(session: Session) -> int:
    """Throw every cell away and make them anew from the responses; how many there are then."""
    hold(session, Job.FOLD)
    session.execute(delete(Tally))
    columns = (Response.survey_version_id, Response.week, Response.channel, Response.place_id)
    places: dict[_Slice, set[int]] = defaultdict(set)
    for version_id, week, channel, place_id in session.execute(select(*columns).distinct()):
        places[_Slice(version_id, week, channel)].add(place_id)
    return _recompute(session, places)


def _recompute(session: Session, places: Mapping[_Slice, Collection[int]]) -> int:
    ancestry = Ancestry.load(session)
    return sum(_recompute_slice(session, ancestry, part, marked) for part, marked in places.items())


def _recompute_slice(session: Session, ancestry: Ancestry, part: _Slice, marked: Collection[int]) -> int:
    """Recompute the cells of these places and of everything above them in that week."""
    depths: dict[int, int] = {}
    for place_id in marked:
        line = (place_id, *ancestry.ancestors(place_id, part.week))
        depths.update({place: len(line) - at for at, place in enumerate(line)})
    cells = _own_cells(session, part, depths)
    children = {place: ancestry.children(place, part.week) for place in depths}
    untouched = {child for below in children.values() for child in below if child not in depths}
    cells.update(_stored_cells(session, part, untouched))
    for place in sorted(depths, key=lambda place: -depths[place]):
        for child in children[place]:
            for verdict, vector in cells.get(child, {}).items():
                own = cells.setdefault(place, {})
                own[verdict] = add([own[verdict], vector]) if verdict in own else list(vector)
    return _store(session, part, {place: cells.get(place, {}) for place in depths})


def _own_cells(session: Session, part: _Slice, places: Iterable[int]) -> dict[int, dict[str, list[int]]]:
    """What was said about each place itself, by verdict."""
    texts: dict[tuple[int, str], list[str]] = defaultdict(list)
    for chunk in _chunks(places):
        rows = session.execute(
            select(Response.place_id, Verdict.verdict, Response.answers)
            .join(Verdict, Verdict.response_id == Response.id)
            .where(Response.place_id.in_(chunk), *_in_slice(Response, part), holds())
        )
        for place_id, verdict, answers in rows:
            texts[place_id, verdict].append(answers)
    counter = counter_of(session, part.survey_version_id)
    cells: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for (place_id, verdict), given in texts.items():
        cells[place_id][verdict] = counter.count(given, part.week)
    return cells


def _stored_cells(session: Session, part: _Slice, places: Iterable[int]) -> dict[int, dict[str, list[int]]]:
    cells: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for chunk in _chunks(places):
        columns = (Tally.place_id, Tally.verdict, Tally.counters)
        rows = session.execute(select(*columns).where(Tally.place_id.in_(chunk), *_in_slice(Tally, part)))
        for place_id, verdict, counters in rows:
            cells[place_id][verdict] = list(unpack(counters))
    return cells


def _store(session: Session, part: _Slice, cells: Mapping[int, Mapping[str, list[int]]]) -> int:
    for chunk in _chunks(cells):
        session.execute(delete(Tally).where(Tally.place_id.in_(chunk), *_in_slice(Tally, part)))
    rows = [
        {**part._asdict(), "place_id": place, "verdict": verdict, "responses": vector[0], "counters": pack(vector)}
        for place, verdicts in cells.items()
        for verdict, vector in verdicts.items()
    ]
    if rows:
        session.execute(insert(Tally), rows)
    return len(rows)


def _in_slice(model: type[Response] | type[Tally], part: _Slice) -> tuple[ColumnElement[bool], ...]:
    return (
        model.survey_version_id == part.survey_version_id,
        model.week == part.week,
        model.channel == part.channel,
    )


def _chunks(places: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(places)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))


def count_marks(session: Session) -> int:
    """How many marks wait to be folded."""
    return session.scalar(select(func.count()).select_from(TallyMark)) or 0
