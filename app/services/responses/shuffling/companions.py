"""Which answers are rewritten together with those that arrived, so that these cannot be told among them.

Of a week, whole places are taken, put together until they have sixty-four answers or there are no more: who sees which
rows were rewritten finds sixty-four of the same week that look the same, and cannot narrow them down by a code or a
place, since whatever else is rewritten that night is rewritten for whole places too. Only where few arrived among many,
as behind one link with a hundred thousand answers, it is runs of sixty-four keys, which are random, within the places.
So the work grows with what arrived, at most sixty-fourfold, and not with what is stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from app.models import Place, Response, SurveyVersion

#: among so many answers each of those that arrived disappears
CROWD = 64


def crowds(
    session: Session, week: date, arrived: Mapping[int, frozenset[UUID]], page_mates: int = 0
) -> Iterator[list[UUID]]:
    """Lists of responses of one week that belong into one transaction: a crowd each, or all there are.

    With so many `page_mates` on both sides, where a database lays rows into the holes that others left in a page.
    """
    for places in _neighbourhoods(session, week):
        new = frozenset[UUID]().union(*(arrived[place] for place in places if place in arrived))
        if new:
            yield from _around(_responses_of(session, week, places), new, page_mates)


def any_others(session: Session, number: int, after: UUID) -> list[UUID]:
    """So many responses of whichever week, from a key on: to fill up a crowd where a week holds too few."""
    ids = session.scalars(select(Response.id).where(Response.id >= after).order_by(Response.id).limit(number)).all()
    rest = select(Response.id).where(Response.id < after).order_by(Response.id).limit(number - len(ids))
    return [*ids, *session.scalars(rest)]


def _neighbourhoods(session: Session, week: date) -> list[list[int]]:
    """The places of which a week holds answers, in groups of at least a crowd of answers; always in one order."""
    counts = ((place_id, number) for place_id, number in session.execute(_crowd_counts(session, week)) if number)
    return put_together(counts, CROWD)


def put_together(counts: Iterable[tuple[int, int]], rows: int) -> list[list[int]]:
    """Places, each with its number of rows, in groups of at least so many rows.

    A crowd at the end has a group of its own; what is less is too little by itself, and goes to the last.
    """
    groups: list[list[int]] = []
    held = rows
    for place_id, number in counts:
        if held >= rows:
            groups.append([])
            held = 0
        groups[-1].append(place_id)
        held += number
    if held < CROWD and len(groups) > 1:
        last = groups.pop()
        groups[-1] += last
    return groups


def _crowd_counts(session: Session, week: date) -> Select[int, int]:
    """How many answers each place has in a week, counted up to a crowd: one look into an index for each."""
    versions = session.scalars(select(SurveyVersion.id)).all()
    some = (
        select(literal(1).label("one"))
        .where(Response.place_id == Place.id, Response.survey_version_id.in_(versions), Response.week == week)
        .limit(CROWD)
        .correlate(Place)
        .subquery()
    )
    count = select(func.count()).select_from(some).correlate(Place).scalar_subquery()
    return select(Place.id, count).order_by(Place.id)


def _responses_of(session: Session, week: date, places: Sequence[int]) -> list[UUID]:
    """In the order of the index, so that neighbours in the list are neighbours in its pages."""
    versions = session.scalars(select(SurveyVersion.id)).all()
    wanted = select(Response.place_id, Response.survey_version_id, Response.channel, Response.id).where(
        Response.place_id.in_(places), Response.survey_version_id.in_(versions), Response.week == week
    )
    return [row.id for row in sorted(session.execute(wanted), key=tuple)]


def _around(responses: list[UUID], new: frozenset[UUID], page_mates: int) -> Iterator[list[UUID]]:
    """All of them, if those that are new make a crowd of each other; else the runs in which they lie."""
    if len(responses) <= CROWD * max(2, len(new)):
        yield responses
        return
    runs = [responses[start : start + CROWD] for start in range(0, len(responses), CROWD)]
    if len(runs[-1]) < CROWD:
        last = runs.pop()
        runs[-1] += last
    reached: set[int] = set()
    for at in (at for at, id_ in enumerate(responses) if id_ in new):
        reached.update(range(max(0, at - page_mates) // CROWD, (at + page_mates) // CROWD + 1))
    yield from (run for number, run in enumerate(runs) if number in reached or not new.isdisjoint(run))
