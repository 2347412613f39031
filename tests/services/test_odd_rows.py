"""What is no value of its column is found, and nothing else: held against what reading makes of it."""

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session, aliased

from app.models import Base, ReceiptList, RecordCheckpoint
from app.services.odd_rows import odd_rows, readable
from tests.factories import add_place

NEITHER = (
    "",
    "x",
    "2026-02-30",
    "2026-6-1",
    "20260601",
    "0000-01-01",
    "2026-06-01 ",
    "2026-06-01T00",
    b"2026-06-01",
    5,
)


@pytest.fixture
def lists(session: Session) -> Session:
    for week in (1, 8, 15):
        last = date(2026, 6, week)
        session.add(ReceiptList(last_week=last, first_week=last, numbers=50, part_digits=0, digest="d"))
    session.flush()
    return session


@pytest.mark.parametrize("value", NEITHER)
def test_a_row_without_a_date_is_named_by_its_key_and_left_out(lists: Session, value: object) -> None:
    lists.execute(text("UPDATE receipt_list SET first_week = :odd WHERE last_week = '2026-06-08'"), {"odd": value})
    lists.expire_all()
    assert [*map(str, odd_rows(lists, ReceiptList))] == ["receipt_list 2026-06-08: its first_week is no date"]
    other = aliased(ReceiptList)
    for entity in (ReceiptList, other):
        found = lists.scalars(select(entity).where(readable(lists, entity)).order_by(entity.last_week)).all()
        assert [one.first_week.day for one in found] == [1, 15]


def test_a_key_that_is_no_date_is_named_as_it_is(lists: Session) -> None:
    lists.execute(text("UPDATE receipt_list SET last_week = x'ff00' WHERE last_week = '2026-06-01'"))
    assert [*map(str, odd_rows(lists, ReceiptList))] == ["receipt_list ff00: its last_week is no date"]


@given(st.one_of(st.text(max_size=12), st.dates().map(str), st.from_regex(r"\A\d{4}-\d\d-\d\d\Z")))
@example("2026-13-01")
def test_whatever_passes_is_the_date_that_was_written(value: str) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["receipt_list"]])
    with Session(engine) as session:
        row = {"odd": value, "rest": "2026-06-01"}
        columns = "(last_week, first_week, numbers, part_digits, digest)"
        session.execute(text(f"INSERT INTO receipt_list {columns} VALUES (:rest, :odd, 1, 0, '')"), row)  # noqa: S608
        found = session.scalars(select(ReceiptList.first_week).where(readable(session, ReceiptList))).all()
        assert [one.isoformat() for one in found] in ([], [value])
        assert bool(found) is not bool(odd_rows(session, ReceiptList))
        if value == "2026-06-08":
            assert found
    engine.dispose()


@pytest.mark.parametrize("value", ["2026-06-01", "2026-06-01 25:00:00.000000", "2026-06-01 10:00:00", 7])
def test_a_time_that_was_never_written_is_found(session: Session, value: object) -> None:
    head = {"root": b"", "note": "", "shown_from": datetime.fromisoformat("2026-06-01T10:00:00+00:00")}
    session.add_all([RecordCheckpoint(size=1, **head), RecordCheckpoint(size=2, **head)])
    session.flush()
    assert odd_rows(session, RecordCheckpoint) == []
    session.execute(text("UPDATE record_checkpoint SET shown_from = :odd WHERE size = 2"), {"odd": value})
    assert [*map(str, odd_rows(session, RecordCheckpoint))] == ["record_checkpoint 2: its shown_from is no time"]


@pytest.mark.both_databases
def test_of_what_was_written_by_the_application_nothing_is_odd(any_session: Session) -> None:
    add_place(any_session)
    tables = [mapper.class_ for mapper in Base.registry.mappers]
    assert odd_rows(any_session, *tables) == []
