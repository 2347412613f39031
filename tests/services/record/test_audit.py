"""The chain: whatever one row suffers, the first wrong entry is named."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Executable, delete, select, update
from sqlalchemy.orm import Session

from app.domain.accounts.role import Role
from app.domain.problem import Problem
from app.models import AuditEntry, AuditHead
from app.services.record import audit
from app.services.record.audit import Head, read_head, record, verify_audit
from app.transaction import reading, transaction
from tests.fixtures.accounts import add_account

NOW = datetime(2026, 11, 23, 6, 0, 0, 123456, tzinfo=UTC)
LENGTH = 12


def add_entries(session: Session, account_id: int | None, number: int = LENGTH) -> None:
    for at in range(number):
        details = {"नाम": "थाना", "number": at}
        record(session, "placement.issued", f"placement:{at}", account_id, details, NOW + timedelta(minutes=at))


@pytest.fixture
def chain(app: Flask) -> None:
    account_id = add_account(Role.AUDITOR)
    with transaction() as session:
        add_entries(session, account_id)


def damage_of(*statements: Executable) -> Problem:
    """What `verify_audit` says after statements that nobody should have run; they are undone again."""
    with transaction() as session:
        savepoint = session.begin_nested()
        for statement in statements:
            session.execute(statement)
        session.expire_all()
        with pytest.raises(Problem) as broken:
            verify_audit(session)
        savepoint.rollback()
    return broken.value


@pytest.mark.both_databases
@pytest.mark.usefixtures("chain")
def test_a_whole_chain_is_whole(app: Flask) -> None:
    with reading() as session:
        head = verify_audit(session)
        assert head == read_head(session)
        assert head.sequence == LENGTH
        assert len(head.mark) == 16


MACS = st.binary(min_size=32, max_size=32)
FIELDS = st.sampled_from(["at", "account_id", "action", "subject", "details", "mac"])


@pytest.mark.usefixtures("chain")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    sequence=st.integers(1, LENGTH),
    field=FIELDS,
    text=st.text(min_size=1, max_size=20),
    bits=st.binary(min_size=32, max_size=32),
)
def test_any_altered_field_is_located(sequence: int, field: str, text: str, bits: bytes) -> None:
    with reading() as session:
        before = session.scalars(select(getattr(AuditEntry, field)).where(AuditEntry.sequence == sequence)).one()
    text = text.replace("\x00", "x").encode("utf-8", "replace").decode()
    value = {"at": NOW - timedelta(microseconds=1), "account_id": None, "mac": bits}.get(field, text)
    if value == before:
        return
    problem = damage_of(update(AuditEntry).where(AuditEntry.sequence == sequence).values({field: value}))
    assert problem.details == {"sequence": sequence, "what": audit.ALTERED}


@pytest.mark.both_databases
@pytest.mark.usefixtures("chain")
def test_any_missing_entry_is_located(app: Flask) -> None:
    for sequence in range(1, LENGTH + 1):
        problem = damage_of(delete(AuditEntry).where(AuditEntry.sequence == sequence))
        assert problem.details == {"sequence": sequence, "what": audit.MISSING}


@pytest.mark.usefixtures("chain")
def test_a_cut_tail_is_located() -> None:
    for kept in range(LENGTH):
        problem = damage_of(delete(AuditEntry).where(AuditEntry.sequence > kept))
        assert problem.details == {"sequence": kept + 1, "what": audit.MISSING}


@pytest.mark.usefixtures("chain")
def test_a_tail_that_is_cut_together_with_the_head_is_noticed() -> None:
    """Who can write the database but has no key cannot make the head of a shorter chain."""
    with reading() as session:
        mac = session.scalars(select(AuditEntry.mac).where(AuditEntry.sequence == 5)).one()
    cut = delete(AuditEntry).where(AuditEntry.sequence > 5)
    problem = damage_of(cut, update(AuditHead).values(sequence=5, mac=mac))
    assert problem.details == {"sequence": 5, "what": audit.HEAD_ALTERED}


@pytest.mark.usefixtures("chain")
def test_a_renumbered_gap_is_located() -> None:
    renumbering = [
        update(AuditEntry).where(AuditEntry.sequence == sequence).values(sequence=sequence - 1)
        for sequence in range(5, LENGTH + 1)
    ]
    problem = damage_of(delete(AuditEntry).where(AuditEntry.sequence == 4), *renumbering)
    assert problem.details == {"sequence": 4, "what": audit.ALTERED}


@pytest.mark.usefixtures("chain")
def test_a_chain_that_vanished_whole_is_noticed() -> None:
    assert damage_of(delete(AuditEntry), delete(AuditHead)).details["sequence"] == 1


@pytest.mark.usefixtures("chain")
def test_a_printed_head_tells_a_database_that_was_put_back(app: Flask) -> None:
    with reading() as session:
        printed = read_head(session)
    with transaction() as session:
        add_entries(session, None, 3)
    with reading() as session:
        later = verify_audit(session, printed)
        assert later.sequence == LENGTH + 3
        for wrong in (Head(LENGTH, "0" * 16), Head(LENGTH + 9, printed.mark)):
            with pytest.raises(Problem) as broken:
                verify_audit(session, wrong)
            assert broken.value.details["what"] == audit.HEAD_UNKNOWN


def test_an_entry_that_is_rolled_back_was_never_there(app: Flask) -> None:
    with transaction() as session:
        savepoint = session.begin_nested()
        add_entries(session, None, 2)
        savepoint.rollback()
    with reading() as session:
        assert verify_audit(session).sequence == 0


def test_without_the_key_nothing_is_recorded(app: Flask) -> None:
    with transaction() as session:
        session.info.clear()
        with pytest.raises(KeyError):
            add_entries(session, None, 1)
