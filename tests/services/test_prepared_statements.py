"""Statements that the driver runs itself give and take what SQLAlchemy would, on both databases."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.weeks import IST
from app.models import Arrival, Base, Sighting
from app.services.prepared_statements import PreparedStatement
from tests.factories import add_place, add_placement, add_survey

WEEK = date(2026, 6, 1)
#: a time of another zone, which both databases keep as UTC
ARRIVED = datetime(2026, 6, 10, 12, 0, tzinfo=IST)


def arrival(id_: UUID, mac: bytes | None = None) -> dict[str, Any]:
    return {
        "response_id": id_,
        "arrived_at": ARRIVED,
        "placement_id": 2**32 - 1,
        "address_mac": mac,
        "body_digest": b"d",
        "is_screened": False,
        "is_sealed": False,
    }


def prepared(session: Session, statement: Any, columns: tuple[str, ...] | None = None) -> PreparedStatement:
    return PreparedStatement(statement, session.connection().dialect, columns)


TABLE = Base.metadata.tables["arrival"]


def test_what_is_inserted_is_what_the_tables_read(any_session: Session) -> None:
    ids = [uuid4(), uuid4()]
    statement = prepared(any_session, insert(TABLE))
    statement.insert(any_session.connection(), [arrival(ids[0], b"m" * 16), arrival(ids[1])])
    found = {row.response_id: row for row in any_session.scalars(select(Arrival))}
    assert {id_: (row.arrived_at, row.address_mac) for id_, row in found.items()} == {
        ids[0]: (ARRIVED, b"m" * 16),
        ids[1]: (ARRIVED, None),
    }
    assert {row.placement_id for row in found.values()} == {2**32 - 1}


class Kept(NamedTuple):
    response_id: UUID
    arrived_at: datetime
    address_mac: bytes | None


def test_what_is_read_is_what_the_tables_hold(any_session: Session) -> None:
    ids = [uuid4(), uuid4()]
    any_session.execute(insert(TABLE), [arrival(id_) for id_ in ids])
    columns = (TABLE.c.response_id, TABLE.c.arrived_at, TABLE.c.address_mac)
    statement = prepared(any_session, select(*columns).where(TABLE.c.response_id == bindparam("wanted")))
    connection = any_session.connection()
    row = statement.first(connection, Kept._make, wanted=ids[1])
    assert row is not None
    assert (row.response_id, row.arrived_at, row.address_mac) == (ids[1], ARRIVED, None)
    assert statement.first(connection, Kept._make, wanted=uuid4()) is None
    everything = prepared(any_session, select(*columns)).all(connection, Kept._make)
    assert {each.response_id for each in everything} == set(ids)


def test_an_insert_of_some_columns_leaves_the_others_to_the_table(any_session: Session) -> None:
    names = ("placement_id", "seen_on", "finding")
    statement = prepared(any_session, insert(Base.metadata.tables["sighting"]), names)
    placement = add_placement(any_session, add_place(any_session), add_survey(any_session))
    looks = [(placement.id, WEEK, finding) for finding in ("here", "missing")]
    statement.insert(any_session.connection(), [dict(zip(names, look, strict=True)) for look in looks])
    found = any_session.scalars(select(Sighting).order_by(Sighting.id)).all()
    assert [(row.placement_id, row.seen_on, row.finding) for row in found] == looks
    assert len({row.id for row in found}) == 2


def test_of_rows_that_are_there_it_says_so_one_by_one(any_session: Session) -> None:
    make = postgresql.insert if any_session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = prepared(any_session, make(TABLE).on_conflict_do_nothing())
    old, new = arrival(uuid4()), arrival(uuid4())
    connection = any_session.connection()
    assert statement.insert_each(connection, [old]) == [True]
    assert statement.insert_each(connection, [new, old, new]) == [True, False, False]


def test_it_is_part_of_the_transaction_of_its_caller(any_session: Session) -> None:
    savepoint = any_session.begin_nested()
    prepared(any_session, insert(TABLE)).insert(any_session.connection(), [arrival(uuid4())])
    savepoint.rollback()
    assert any_session.scalars(select(Arrival.response_id)).all() == []
