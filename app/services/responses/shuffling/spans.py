"""Which rows of the other tables are rewritten, as conditions, each for one transaction of many rows.

None of these tables names an answer, but their rows were written in its transaction, and in its order.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import Column, ColumnElement, Tuple, and_, func, literal, select, tuple_
from sqlalchemy.orm import Session

from app.models import Base, Place, ReceiptNumber, Redemption, Serial, SlipBatchPart, SurveyVersion
from app.services.responses.shuffling.companions import CROWD, put_together
from app.services.responses.shuffling.written_beside import NUMBERS, SLIPS, keys, table

#: rows of one transaction
SPAN = 1_000
#: so many rows of small ones can lie in one SQLite page; the next span begins so many earlier
_IN_A_PAGE = 200
#: as long as there are so few redemptions, all of them are rewritten
FEW_SLIPS = 50_000
Spans = Iterator[ColumnElement[bool]]


def whole(session: Session, name: str) -> Spans:
    """All rows of a table, in runs of its primary key."""
    columns = keys(table(name))
    yield from _runs(columns, [tuple(row) for row in session.execute(select(*columns).order_by(*columns))])


def cells(session: Session, name: str, week: date) -> Spans:
    """The cells of a week, place by place. The places are named, so that an index finds the week of each."""
    of = table(name)
    versions = session.scalars(select(SurveyVersion.id)).all()
    in_week = and_(of.c.survey_version_id.in_(versions), of.c.week == week)
    places = of.c.place_id.in_(session.scalars(select(Place.id)).all())
    counts = session.execute(select(of.c.place_id, func.count()).where(places, in_week).group_by(of.c.place_id))
    for group in put_together(sorted((row[0], row[1]) for row in counts), SPAN):
        yield and_(of.c.place_id.in_(group), in_week)


def receipts(session: Session, first_week: date) -> Spans:
    """The confirmation numbers of a week and all after it, and so many before that they make a crowd.

    Numbers are random and of all places: among those of a week each of them disappears.
    """
    columns = keys(table(NUMBERS))
    week, wanted = ReceiptNumber.week, select(*columns)
    lately = wanted.where(week >= first_week).order_by(*columns)
    rows = [tuple(row) for row in session.execute(lately)]
    before = wanted.where(week < first_week).order_by(*(column.desc() for column in columns))
    more = session.execute(before.limit(max(0, CROWD - len(rows)))) if rows else ()
    yield from _runs(columns, [tuple(row) for row in more][::-1] + rows)


def redemptions(session: Session, placements: Collection[int]) -> Spans:
    """All redemptions while they are few; else those of whole batches, among them those of these placements.

    A batch holds the slips of many places. Which of them were used since is not known, not even here.
    """
    if len(session.scalars(select(Redemption.mark).limit(FEW_SLIPS + 1)).all()) <= FEW_SLIPS:
        yield from whole(session, SLIPS)
        return
    part = Base.metadata.tables["batch_part"].c
    touched = select(part.batch_id).where(part.placement_id.in_(placements)).distinct()
    newest = session.scalars(select(part.batch_id).distinct().order_by(part.batch_id.desc()))
    batches = [*(first := session.scalars(touched).all()), *(batch for batch in newest if batch not in first)]
    marks: list[bytes] = []
    for number, batch in enumerate(batches):
        if number >= len(first) and (not first or len(marks) >= CROWD):
            break
        marks += session.scalars(
            select(Redemption.mark)
            .join(Serial, Serial.mark == Redemption.mark)
            .join(SlipBatchPart, SlipBatchPart.placement_id == Serial.placement_id)
            .where(SlipBatchPart.batch_id == batch)
        )
    marks.sort()
    for start in range(0, len(marks), SPAN):
        # What is left over is rewritten once more with some of those before it, rather than by itself.
        yield Redemption.mark.in_(marks[max(0, min(start, len(marks) - CROWD)) : start + SPAN])


def _runs(columns: Sequence[Column[object]], rows: Sequence[tuple[object, ...]]) -> Spans:
    """Runs of the primary key, each beginning a page before the one before it ends."""
    for start in range(0, len(rows), SPAN):
        run = rows[max(0, start - _IN_A_PAGE) : start + SPAN]
        yield tuple_(*columns).between(_bound(columns, run[0]), _bound(columns, run[-1]))


def _bound(columns: Sequence[Column[object]], values: Sequence[object]) -> Tuple:
    return tuple_(*(literal(value, column.type) for column, value in zip(columns, values, strict=True)))
