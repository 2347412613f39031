"""Jobs changed: asked for, cancelled and repeated by people; taken, counted and ended by the worker."""

import secrets
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.installation.job import (
    JOB_ASKED_ALREADY,
    JOB_GOES_ON,
    JOB_OVER,
    JOB_UNKNOWN,
    KEPT,
    LANGUAGES,
    OPEN,
    JobKind,
    JobState,
)
from app.domain.problem import Problem
from app.domain.weeks import last_day_of_month, month_label
from app.models import Job
from app.services.locks import hold_for
from app.services.places.queries import find_place
from app.services.record.audit import record


def ask_job(session: Session, place_id: int, month: date, actor_id: int | None, now: datetime) -> int:
    """Have the reports of a month made, of a place and all below it; the number of the job.

    Problem `job.asked_already` while the same is waiting or being made.
    """
    if _open_one(session, place_id, month) is not None:
        raise Problem(JOB_ASKED_ALREADY)
    return _add(session, place_id, month, actor_id, None, now)


def ask_due_job(session: Session, place_id: int, month: date, due_on: date, now: datetime) -> None:
    """The same by the timetable, once for each of its Mondays. One that somebody has just asked for does as well."""
    if session.scalar(select(Job.id).where(Job.due_on == due_on)) is not None:
        return
    asked = _open_one(session, place_id, month)
    if asked is None:
        _add(session, place_id, month, None, due_on, now)
    else:
        asked.due_on = due_on


def cancel_job(session: Session, job_id: int, actor_id: int | None, now: datetime) -> None:
    """Whoever works at it stops at the next place. Problems `job.unknown` and `job.over`."""
    row = _locked(session, job_id)
    if JobState(row.state).is_over:
        raise Problem(JOB_OVER)
    row.state, row.finished_at = JobState.CANCELLED.value, now
    session.flush()
    record(session, "job.cancelled", f"job:{job_id}", actor_id, {}, now)


def repeat_job(session: Session, job_id: int, actor_id: int | None, now: datetime) -> int:
    """Have the same made anew, as results are today. Problems of `ask_job`, `job.unknown` and `job.goes_on`."""
    row = _locked(session, job_id)
    if not JobState(row.state).is_over:
        raise Problem(JOB_GOES_ON)
    return ask_job(session, row.place_id, row.from_on, actor_id, now)


def note_download(session: Session, job_id: int, actor_id: int | None, now: datetime) -> None:
    """Write down who takes the file."""
    record(session, "job.downloaded", f"job:{job_id}", actor_id, {}, now)


def begin_next(session: Session, now: datetime) -> int | None:
    """The one that whoever worked before has left; else the oldest that waits. For one worker at a time."""
    for state in (JobState.RUNNING, JobState.WAITING):
        rows = select(Job).where(Job.state == state.value).order_by(Job.id).limit(1).with_for_update()
        row = session.scalar(rows)
        if row is not None:
            row.state, row.begun_at = JobState.RUNNING.value, row.begun_at or now
            return row.id
    return None


def count_done(session: Session, job_id: int, done: int, total: int) -> bool:
    """How far it has come; False if it was cancelled."""
    return _change_running(session, job_id, done=done, total=total)


def finish_job(session: Session, job_id: int, now: datetime) -> bool:
    """Its file is there; False if it was cancelled."""
    return _change_running(session, job_id, state=JobState.DONE.value, finished_at=now, kept_until=now + KEPT)


def fail_job(session: Session, job_id: int, failure: str, now: datetime) -> bool:
    """It cannot be done, for the reason of this code; False if it was cancelled."""
    return _change_running(session, job_id, state=JobState.FAILED.value, finished_at=now, failure=failure)


def _change_running(session: Session, job_id: int, **columns: str | int | datetime) -> bool:
    running = update(Job).where(Job.id == job_id, Job.state == JobState.RUNNING.value)
    return session.scalar(running.values(**columns).returning(Job.id)) is not None


def _open_one(session: Session, place_id: int, month: date) -> Job | None:
    """The job for the same that has not ended. Until the end of the transaction nobody else asks for it."""
    hold_for(session, f"job:{place_id}:{month}".encode())
    same = Job.kind == JobKind.REPORTS.value, Job.place_id == place_id, Job.from_on == month
    return session.scalar(select(Job).where(*same, Job.state.in_([state.value for state in OPEN])).limit(1))


def _add(session: Session, place_id: int, month: date, actor_id: int | None, due_on: date | None, now: datetime) -> int:
    place = find_place(session, place_id)
    row = Job(
        kind=JobKind.REPORTS.value,
        place_id=place_id,
        from_on=month,
        until_on=last_day_of_month(month),
        languages=" ".join(LANGUAGES),
        account_id=actor_id,
        due_on=due_on,
        state=JobState.WAITING.value,
        made_at=now,
        folder=secrets.token_hex(16),
    )
    session.add(row)
    session.flush()
    details = {"kind": row.kind, "place": place.code, "month": month_label(month)}
    record(session, "job.asked", f"job:{row.id}", actor_id, details, now)
    return row.id


def _locked(session: Session, job_id: int) -> Job:
    row = session.get(Job, job_id, with_for_update=True)
    if row is None:
        raise Problem(JOB_UNKNOWN)
    return row
