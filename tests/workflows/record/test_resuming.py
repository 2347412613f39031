"""Going on after something was lost."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete

from app.config import Settings
from app.domain.problem import Problem
from app.models import RecordCheckpoint, RecordEntry, RecordNode
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.entries import size_of
from app.services.record.log.signed_heads import read_signed_head
from app.transaction import reading, transaction
from app.workflows.record.resuming import resume_record
from tests.factories.record.department import RecordedDepartment, entries, monday

LATER: datetime = monday(0, hour=12)


@pytest.fixture
def department(app: Flask, settings: Settings) -> RecordedDepartment:
    department = RecordedDepartment(settings)
    department.publish(0)
    return department


def put_back(lost: int) -> None:
    with transaction() as session:
        size = size_of(session) - lost
        session.execute(delete(RecordEntry).where(RecordEntry.number >= size))
        session.execute(delete(RecordNode).where(RecordNode.position >= size))
        session.execute(delete(RecordCheckpoint).where(RecordCheckpoint.size > size))


def test_what_was_lost_is_said_and_then_it_goes_on(department: RecordedDepartment, settings: Settings) -> None:
    before = read_signed_head(settings.record_folder)
    put_back(3)
    with pytest.raises(Problem, match=r"record\.shrunk"):
        department.keep(LATER)
    signed = resume_record(settings, None, LATER)
    assert before is not None
    assert entries()[-1] == entries()[-1] | {"type": "break", "size": before.size, "root": before.root.hex()}
    assert signed.size == before.size - 2
    department.keep(LATER)
    assert len(entries()) > signed.size


def test_without_any_note_of_the_head_it_says_up_to_where_it_knows(
    department: RecordedDepartment, settings: Settings
) -> None:
    with reading() as session:
        newest = newest_checkpoint(session)
    assert newest is not None
    (settings.record_folder / "signed-head.json").write_text("", "utf-8")
    resume_record(settings, None, LATER)
    assert (entries()[-1]["type"], entries()[-1]["size"]) == ("break", newest.size)


def test_a_head_that_somebody_kept_tells_how_much_was_lost(department: RecordedDepartment, settings: Settings) -> None:
    with reading() as session:
        kept = newest_checkpoint(session)
    assert kept is not None
    put_back(3)
    (settings.record_folder / "signed-head.json").unlink()
    resume_record(settings, kept.note, LATER)
    assert entries()[-1]["size"] == kept.size


def test_where_nothing_was_lost_nothing_is_said(department: RecordedDepartment, settings: Settings) -> None:
    size = len(entries())
    with pytest.raises(Problem, match=r"record\.nothing_lost"):
        resume_record(settings, None, LATER)
    assert len(entries()) == size


def test_an_older_head_does_not_make_the_newer_one_forgotten(
    department: RecordedDepartment, settings: Settings
) -> None:
    with reading() as session:
        old = newest_checkpoint(session)
    department.live(1)
    department.keep(monday(1))
    newest = read_signed_head(settings.record_folder)
    assert old is not None
    assert newest is not None
    put_back(newest.size - old.size)
    resume_record(settings, old.note, monday(1, minute=30))
    assert (entries()[-1]["type"], entries()[-1]["size"]) == ("break", newest.size)
