"""Bytes of deleted rows in the files of a real PostgreSQL."""

from collections.abc import Collection, Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, delete, func, make_url, select, text

from app.extensions import db
from app.models import Response, Verdict
from app.services.responses.shuffling import postgres_remains
from app.services.responses.shuffling.postgres_remains import Swept, begin_new_log, sweep, write_all_anew
from app.transaction import reading, transaction
from app.upkeep import each_by_itself
from tests.services.responses.shuffling.answered import answer

FILES = ("response", "verdict", "pk_response", "pk_verdict")
pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def copies(ids: Collection[UUID], name: str) -> int:
    with db.engine.connect() as connection:
        content = connection.scalar(select(func.pg_read_binary_file(func.pg_relation_filepath(name))))
    return sum(content.count(id_.bytes) for id_ in ids)


def wait_until_nobody_looks_back(connection: Connection) -> None:
    """Until nobody sees this database as it was before now: what somebody may still see is not swept away.

    A look that begins later reaches back to the oldest transaction that writes, in whichever database of the server.
    """
    now = connection.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))
    writes = text("SELECT pg_snapshot_xmin(pg_current_snapshot()) < CAST(:now AS xid8)")
    while connection.scalar(writes, {"now": now}):
        pass
    wait_for_the_servers_own_jobs(connection)


def wait_for_the_servers_own_jobs(connection: Connection) -> None:
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xmin IS NOT NULL"
    while connection.scalar(text(f"{others} AND pid <> pg_backend_pid()")):
        pass


@pytest.fixture
def gone(app: Flask) -> Iterator[list[UUID]]:
    """Two hundred of three hundred answers, which were deleted, each by a transaction of its own in between."""
    with transaction() as session:
        for name in ("response", "verdict"):
            # By itself the server would look at them at any time, and sweep some of it.
            session.execute(text(f"ALTER TABLE {name} SET (autovacuum_enabled = off)"))
        (ids,) = answer(session, (300,)).values()
    with transaction() as session:
        session.execute(delete(Verdict).where(Verdict.response_id.in_(ids[:200])))
        session.execute(delete(Response).where(Response.id.in_(ids[:200])))
    yield ids[:200]
    with transaction() as session:
        for name in ("response", "verdict"):
            session.execute(text(f"ALTER TABLE {name} RESET (autovacuum_enabled)"))


@pytest.mark.parametrize("small", [postgres_remains.SMALL, 0], ids=["small", "large"])
def test_nothing_is_left_of_deleted_answers(gone: list[UUID], small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_remains, "SMALL", small)
    with each_by_itself() as connection:
        connection.execute(text("VACUUM response"))
        connection.execute(text("CHECKPOINT"))
        assert copies(gone, "response") > 150
        wait_until_nobody_looks_back(connection)
        assert sweep(connection, ["response", "verdict"]) == [Swept("response", True), Swept("verdict", True)]
        connection.execute(text("CHECKPOINT"))
    assert {name: copies(gone, name) for name in FILES} == dict.fromkeys(FILES, 0)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 100
        assert session.scalar(select(func.count()).select_from(Verdict)) == 100


@pytest.mark.parametrize("small", [postgres_remains.SMALL, 0], ids=["small", "large"])
def test_a_table_that_somebody_reads_is_left_to_the_next_night(
    gone: list[UUID], small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_remains, "_PATIENCE", "10ms")
    monkeypatch.setattr(postgres_remains, "SMALL", small)
    with each_by_itself() as connection:
        with reading() as session:
            session.scalars(select(Response.id)).all()
            assert sweep(connection, ["response"]) == [Swept("response", False)]
        assert connection.scalar(text("SHOW lock_timeout")) == "0"
        assert sweep(connection, ["response"]) == [Swept("response", True)]
        assert connection.scalar(text("SELECT count(*) FROM pg_index WHERE NOT indisvalid")) == 0


@pytest.fixture
def writing_elsewhere(postgres_address: str) -> Iterator[None]:
    """Somebody who writes into another database of the same server, and has not done yet."""
    other = create_engine(make_url(postgres_address).set(database="postgres"))
    with other.connect() as connection:
        connection.execute(select(func.pg_current_xact_id()))
        yield
    other.dispose()


def test_whoever_writes_into_another_database_keeps_nothing_here(writing_elsewhere: None, gone: list[UUID]) -> None:
    with each_by_itself() as connection:
        wait_for_the_servers_own_jobs(connection)
        assert sweep(connection, ["response", "verdict"]) == [Swept("response", True), Swept("verdict", True)]
        connection.execute(text("CHECKPOINT"))
    assert {name: copies(gone, name) for name in FILES} == dict.fromkeys(FILES, 0)


def test_a_large_table_without_rows_is_no_work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_remains, "SMALL", -1)
    with each_by_itself() as connection:
        assert sweep(connection, ["tally", "code_slot"]) == [Swept("tally", True), Swept("code_slot", False)]


def test_all_is_written_anew_however_large(gone: list[UUID]) -> None:
    with each_by_itself() as connection:
        wait_until_nobody_looks_back(connection)
        write_all_anew(connection, ["response", "verdict"])
    assert copies(gone, "response") == copies(gone, "verdict") == 0


def test_the_log_goes_on_in_a_new_file_if_the_account_may_say_so(gone: list[UUID]) -> None:
    with each_by_itself() as connection:
        before = connection.scalar(text("SELECT pg_walfile_name(pg_current_wal_lsn())"))
        assert begin_new_log(connection)
        connection.execute(text("SELECT pg_logical_emit_message(false, 'a', 'b')"))
        assert connection.scalar(text("SELECT pg_walfile_name(pg_current_wal_lsn())")) > before
