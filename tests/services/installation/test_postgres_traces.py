"""What a real server says of itself."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from app.extensions import db
from app.services.installation.postgres_traces import Trace, read_traces

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def test_a_server_as_it_comes_uses_files_of_its_log_again(connection: Connection) -> None:
    assert read_traces(connection) == [Trace("postgres.wal_recycled", {"value": "on"})]


def test_a_slot_without_a_reader_is_named(connection: Connection) -> None:
    connection.execute(text("SELECT pg_create_physical_replication_slot('mirror', true)"))
    try:
        assert Trace("postgres.slot", {"name": "mirror", "state": "inactive", "limit": "-1"}) in read_traces(connection)
    finally:
        connection.execute(text("SELECT pg_drop_replication_slot('mirror')"))


def test_statements_in_the_log_are_named(connection: Connection) -> None:
    connection.execute(text("SET log_statement = 'mod'"))
    assert Trace("postgres.statements_logged", {"value": "mod"}) in read_traces(connection)
    connection.execute(text("RESET log_statement"))


def test_what_an_account_may_not_do_is_named(connection: Connection) -> None:
    connection.execute(text("CREATE ROLE nobody_special"))
    try:
        connection.execute(text("SET ROLE nobody_special"))
        assert Trace("postgres.wal_not_switched", {}) in read_traces(connection)
    finally:
        connection.execute(text("RESET ROLE"))
        connection.execute(text("DROP ROLE nobody_special"))
