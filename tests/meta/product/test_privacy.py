import pytest
from sqlalchemy import Date, DateTime, Integer, Table

from app.models import Base

TABLES = Base.metadata.tables

# Emptied after 72 hours; the test of its job says so.
SHORT_LIVED = {"arrival"}


def tables_beside_a_response() -> list[Table]:
    """The responses, and every table that says something about single ones."""

    def speaks_of_one(table: Table) -> bool:
        refers = any(key.column.table.name == "response" for key in table.foreign_keys)
        return table.name == "response" or refers or "response_id" in table.columns

    return [table for table in TABLES.values() if speaks_of_one(table) and table.name not in SHORT_LIVED]


BESIDE = pytest.mark.parametrize("table", tables_beside_a_response(), ids=lambda table: table.name)


def test_the_tables_are_found() -> None:
    names = {table.name for table in tables_beside_a_response()}
    assert {"response", "verdict", "release_member", "conflicting_copy"} <= names


@BESIDE
def test_no_column_is_finer_than_a_week(table: Table) -> None:
    for column in table.columns:
        assert not isinstance(column.type, DateTime), f"{table.name}.{column.name} tells the time"
        if isinstance(column.type, Date):
            assert column.name == "week" or column.name.endswith("_week"), f"{table.name}.{column.name} tells the day"


@BESIDE
def test_no_order_of_rows_tells_who_came_first(table: Table) -> None:
    assert table.dialect_options["sqlite"]["with_rowid"] is False
    assert table.autoincrement_column is None
    counting = [column.name for column in table.primary_key if isinstance(column.type, Integer)]
    # Nothing but a verdict's place among the verdicts of one response, and the release an answer is in.
    assert set(counting) <= {"sequence", "release_id"}


@BESIDE
def test_no_column_tells_who(table: Table) -> None:
    telling = {"ip", "address", "address_mac", "user_agent", "agent", "cookie", "fingerprint", "phone", "mobile"}
    telling |= {"name", "latitude", "longitude", "created", "created_at", "created_on", "received_at"}
    assert telling.isdisjoint(table.columns.keys())


def test_an_account_never_becomes_part_of_an_answer() -> None:
    assert {key.column.table.name for key in TABLES["response"].foreign_keys} == {
        "place",
        "placement",
        "survey_version",
    }


def test_a_number_that_is_kept_names_no_answer() -> None:
    """Nor a place, a code or a day; and its rows lie in no order of their own."""
    kept = TABLES["receipt"]
    assert {column.name: str(column.type) for column in kept.columns} == {
        "week": "DATE",
        "number": "BIGINT",
        "times": "INTEGER",
    }
    assert not kept.foreign_keys
    assert kept.dialect_options["sqlite"]["with_rowid"] is False
