"""Deleting rows and inserting the very same again in random order, in the caller's transaction.

The rows are read by the statement that deletes them, so none is lost or doubled whoever writes meanwhile. What the
same transaction then inserts waits for nobody's free key: until it ends, the database holds the key for it, and a
second sending of an answer waits and finds it known.
"""

from collections.abc import Sequence
from random import Random
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NULLTYPE

from app.models import Device
from app.services.chunks import chunks
from app.services.locks import Job, hold
from app.services.responses.shuffling.written_beside import NUMBERS, OF_A_RESPONSE, OF_A_WEEK, id_column, keys, table

_Rows = list[tuple[object, ...]]


def rewrite_responses(session: Session, ids: Sequence[UUID], chance: Random) -> int:
    """These responses with all that refers to them; how many responses there were.

    Nobody may refer to a response anew meanwhile: PostgreSQL would look for the row that was just deleted. So
    publishing is kept out, and whoever adds a row about one shares `Job.SHUFFLE` first.
    """
    hold(session, Job.PUBLISH)
    hold(session, Job.SHUFFLE)
    taken = [(name, _take_chunks(session, name, ids)) for name in reversed(OF_A_RESPONSE)]
    for name, rows in reversed(taken):
        _put_back(session, table(name), rows, chance)
    return len(taken[-1][1])


def rewrite_rows(session: Session, name: str, which: ColumnElement[bool], chance: Random) -> int:
    """Rows of one table to which nothing refers; how many there were."""
    _keep_out_others(session, name, which)
    rows = _take(session, table(name), which)
    _put_back(session, table(name), rows, chance)
    return len(rows)


def _keep_out_others(session: Session, name: str, which: ColumnElement[bool]) -> None:
    """Wait for whoever reads rows of this table and then writes what follows from them."""
    if name in OF_A_WEEK:
        hold(session, Job.FOLD)
    elif name in OF_A_RESPONSE:
        hold(session, Job.PUBLISH)
        hold(session, Job.SHUFFLE)
    elif name == NUMBERS:
        # In the order in which ingest counts them, or the two could wait for each other.
        columns = keys(table(name))
        session.execute(select(*columns).where(which).order_by(*columns).with_for_update()).all()
    elif "device_id" in table(name).c:
        session.execute(select(Device.id).order_by(Device.id).with_for_update(key_share=True)).all()


def _take_chunks(session: Session, name: str, ids: Sequence[UUID]) -> _Rows:
    of, column = table(name), id_column(name)
    return [row for chunk in chunks(ids) for row in _take(session, of, column.in_(chunk))]


def _take(session: Session, of: Table, which: ColumnElement[bool]) -> _Rows:
    """Delete, and what that was, as the driver gives it: what goes back unread need not be understood."""
    columns = [type_coerce(column, NULLTYPE).label(column.name) for column in of.c]
    return [tuple(row) for row in session.execute(delete(of).where(which).returning(*columns))]


def _put_back(session: Session, of: Table, rows: _Rows, chance: Random) -> None:
    if not rows:
        return
    places = [list(of.c).index(column) for column in keys(of)]
    # From one order, so that the dice alone decide, and those of a test decide the same each time.
    ordered = sorted(rows, key=lambda row: [row[at] for at in places])
    chance.shuffle(ordered)
    database = session.connection()
    quote = database.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in of.c)
    marks = ", ".join(["?" if database.dialect.name == "sqlite" else "%s"] * len(of.c))
    database.exec_driver_sql(f"INSERT INTO {quote(of.name)} ({names}) VALUES ({marks})", ordered)  # noqa: S608
