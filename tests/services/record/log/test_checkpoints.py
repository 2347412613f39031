"""Signed heads: only of what continues all that was signed."""

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.config import Settings
from app.domain.problem import Problem
from app.models import RecordCheckpoint, RecordEntry, RecordNode
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import size_of
from app.transaction import reading, transaction
from tests.factories.record.department import RecordedDepartment, entries, monday

pytestmark = pytest.mark.both_databases


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    department = RecordedDepartment(settings)
    department.keep(monday(0))
    return department


def test_a_head_is_shown_from_its_moment_on(department: RecordedDepartment) -> None:
    with reading() as session:
        assert newest_checkpoint(session, monday(0, hour=10, minute=59)) is None
        assert newest_checkpoint(session, monday(0)) == newest_checkpoint(session)


def test_a_smaller_record_is_not_signed(department: RecordedDepartment) -> None:
    with transaction() as session:
        size = size_of(session)
        session.execute(delete(RecordEntry).where(RecordEntry.number >= size - 1))
        session.execute(delete(RecordNode).where(RecordNode.position >= size - 1))
        session.execute(delete(RecordCheckpoint))
    with pytest.raises(Problem, match=r"record\.shrunk"):
        department.keep(monday(0, minute=5))
    # What would have filled the place of what is gone was not entered either.
    assert len(entries()) == size - 1


def test_another_past_is_not_signed(department: RecordedDepartment) -> None:
    with transaction() as session:
        session.execute(update(RecordNode).where(RecordNode.position == 1).values(hash=b"x" * 32))
    with pytest.raises(Problem, match=r"record\.forked"):
        department.keep(monday(0, minute=5))


def test_without_what_was_signed_last_nothing_is(department: RecordedDepartment) -> None:
    file = department.settings.record_folder / "signed-head.json"
    file.unlink()
    with pytest.raises(Problem, match=r"record\.state_unreadable"):
        department.keep(monday(0, minute=5))
