"""One at a time: who holds a job, or looks for a subject, lets nobody else do the same before the end."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.extensions import db
from app.services.locks import Job, hold, hold_for

# On SQLite there is nothing to hold: its writers exclude each other.
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def waits(other: Session, take: Callable[[Session], None]) -> bool:
    """Whether another transaction has to wait for this lock."""
    with other.begin():
        other.execute(text("SET LOCAL lock_timeout = '50ms'"))
        try:
            take(other)
        except OperationalError:
            return True
        return False


@on_postgresql
def test_a_job_is_held_until_the_transaction_ends_and_leaves_other_jobs_alone(app: Flask) -> None:
    with Session(db.engine) as one, Session(db.engine) as other:
        with one.begin():
            hold(one, Job.FOLD)
            assert waits(other, lambda session: hold(session, Job.FOLD))
            assert not waits(other, lambda session: hold(session, Job.PUBLISH))
        assert not waits(other, lambda session: hold(session, Job.FOLD))


@on_postgresql
def test_two_who_look_for_one_subject_come_after_each_other(app: Flask) -> None:
    with Session(db.engine) as one, Session(db.engine) as other, one.begin():
        hold_for(one, b"a form")
        assert waits(other, lambda session: hold_for(session, b"a form"))
        assert not waits(other, lambda session: hold_for(session, b"another form"))


def test_no_two_jobs_share_a_lock() -> None:
    assert len(Job.__members__) == len({job.value for job in Job})
