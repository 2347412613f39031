"""Which rows can lie in one SQLite page with an answer that arrived.

SQLite has no mark of a transaction, but fills a page from its end: of rows in one page, the place tells which came
later. Deleting a row and inserting it again puts it into the very hole that it left. So all rows are taken that
its page can hold, of all weeks; the page is then empty, and is filled anew in random order.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy import Integer, bindparam, literal_column, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.services.prepared_statements import PreparedStatement
from app.services.responses.shuffling.written_beside import id_column

#: how many rows can lie in a page of 4,096 bytes, since those of a table have at least so many each
IN_A_PAGE = {"response": 44, "verdict": 105}
#: the same for the index by place and week
IN_AN_INDEX_PAGE = 100


def page_mates(session: Session, name: str, arrived: Sequence[UUID], at_most: int) -> Iterator[list[UUID]]:
    """Runs of neighbouring responses that hold whole pages around each that arrived (these in order of their keys).

    Of a table of `OF_A_RESPONSE`. A run longer than `at_most` is cut, and the next one begins a page before the cut.
    """
    database, reads, reach = session.connection(), _reads(name), IN_A_PAGE[name]
    run: list[UUID] = []
    for id_ in arrived:
        if run and id_ <= run[-1]:
            missing = reach - (len(run) - bisect_right(run, id_))
            beyond = reads.after.all(database, _id, near=run[-1], number=missing) if missing > 0 else []
        else:
            before = [*reads.before.all(database, _id, near=id_, number=reach)][::-1]
            if run and (not before or before[0] > run[-1]):
                yield run
                run = []
            beyond = [*before, id_, *reads.after.all(database, _id, near=id_, number=reach)]
        # A response may have several rows, and runs that overlap are one.
        for each in beyond:
            if not run or each > run[-1]:
                run.append(each)
        if len(run) > at_most:
            yield run
            run = run[-reach:]
    if run:
        yield run


class _Reads(NamedTuple):
    before: PreparedStatement
    after: PreparedStatement


@lru_cache(maxsize=4)
def _reads(name: str) -> _Reads:
    column = id_column(name)
    near, number = bindparam("near", type_=column.type), bindparam("number", type_=Integer)
    # Written out, since SQLAlchemy would make a parameter of it that has no name.
    none = literal_column("0", Integer)
    before = select(column).where(column < near).order_by(column.desc()).limit(number).offset(none)
    after = select(column).where(column > near).order_by(column).limit(number).offset(none)
    return _Reads(*(PreparedStatement(each, sqlite.dialect()) for each in (before, after)))


def _id(row: Sequence[object]) -> UUID:
    (id_,) = row
    return cast("UUID", id_)
