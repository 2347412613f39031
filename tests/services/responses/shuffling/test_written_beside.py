"""The list is whole: whatever an answer writes, and whatever names an answer, stands in it."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.models import Base
from app.services.responses.shuffling.written_beside import LOCKED, OF_A_RESPONSE, SHORT_LIVED, SWEPT
from tests.thief.days import Town, keep_house, seeded

NOW = datetime(2026, 6, 8, 3, tzinfo=UTC)
TABLES = Base.metadata.tables
_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)", re.I)


@contextmanager
def written() -> Iterator[set[str]]:
    """Which tables anybody writes to meanwhile, by whatever way to SQLite."""
    names: set[str] = set()

    def trace(statement: str) -> None:
        if found := _WRITES.match(statement):
            names.add(found[1])

    with closing(db.engine.raw_connection()) as connection:
        raw = connection.driver_connection
    raw.set_trace_callback(trace)  # type: ignore[union-attr]
    yield names
    raw.set_trace_callback(None)  # type: ignore[union-attr]


def test_whatever_an_answer_or_its_counting_writes_stands_in_the_list(app: Flask) -> None:
    town = Town(places=2, slips=20, chance=seeded(1))
    with written() as names:
        town.answers(150, NOW, timedelta(minutes=1))
        keep_house(NOW + timedelta(hours=9))
    assert {"response", "verdict", "conflicting_copy", "redemption", "sequence_run", "code_slot", "tally"} <= names
    assert names <= set(SWEPT)


def test_whatever_names_an_answer_is_rewritten_with_it() -> None:
    """Else it could not be deleted for a moment; and it would join answers to whatever its rows were written with."""

    def names_one(name: str) -> bool:
        refers = any(key.column.table.name == "response" for key in TABLES[name].foreign_keys)
        return refers or "response_id" in TABLES[name].c

    naming = {name for name in TABLES if names_one(name)}
    assert naming - set(SHORT_LIVED) == set(OF_A_RESPONSE) - {"response"}


def test_what_refers_to_another_stands_after_it() -> None:
    for at, name in enumerate(OF_A_RESPONSE):
        refers_to = {key.column.table.name for key in TABLES[name].foreign_keys}
        assert refers_to.isdisjoint(OF_A_RESPONSE[at + 1 :])


@pytest.mark.parametrize("name", sorted(set(SWEPT) - set(SHORT_LIVED)))
def test_the_rows_to_which_it_refers_are_locked_anew_with_it(name: str) -> None:
    """`account` is left: no answer is written with one."""
    refers_to = {key.column.table.name for key in TABLES[name].foreign_keys}
    assert refers_to - {"account", "release"} <= set(LOCKED) | set(OF_A_RESPONSE)


def test_nothing_refers_to_what_is_rewritten_alone() -> None:
    alone = set(SWEPT) - set(OF_A_RESPONSE)
    assert not {key.column.table.name for one in TABLES.values() for key in one.foreign_keys} & alone


@pytest.mark.both_databases
def test_the_tables_are_there(app: Flask) -> None:
    with db.engine.connect() as connection:
        for name in SWEPT:
            assert connection.scalar(text(f"SELECT count(*) FROM {name}")) == 0  # noqa: S608
