"""Jobs asked for, cancelled, repeated, taken and ended."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.installation.job import (
    JOB_ASKED_ALREADY,
    JOB_GOES_ON,
    JOB_OVER,
    JOB_UNKNOWN,
    KEPT,
    JobState,
)
from app.domain.problem import Problem, ProblemType
from app.services.installation.jobs.job_queries import JobView, find_job, is_due_job_there, list_jobs
from app.services.installation.jobs.jobs import (
    ask_due_job,
    ask_job,
    begin_next,
    cancel_job,
    count_done,
    fail_job,
    finish_job,
    note_download,
    repeat_job,
)
from app.services.record.audit_queries import AuditFilter, list_audit
from tests.factories import add_place

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


def ask(session: Session, month: date = OCTOBER, place_id: int | None = None) -> int:
    return ask_job(session, place_id or add_place(session, kind="district").id, month, None, NOW)


def is_refused(problem: ProblemType, act: object, *arguments: object) -> bool:
    with pytest.raises(Problem) as refused:
        act(*arguments)  # type: ignore[operator]
    return refused.value.type is problem


def one(session: Session, job_id: int) -> JobView:
    session.flush()
    session.expire_all()
    return find_job(session, job_id)


def test_asked_for_taken_counted_and_done(any_session: Session) -> None:
    job_id = ask(any_session)
    assert one(any_session, job_id).state is JobState.WAITING
    assert begin_next(any_session, NOW) == job_id
    assert count_done(any_session, job_id, 3, 7)
    job = one(any_session, job_id)
    assert (job.state, job.begun_at, job.done, job.total) == (JobState.RUNNING, NOW, 3, 7)
    assert (job.period, job.languages, job.asked_by) == ("2026-10", ("hi", "en"), None)
    assert finish_job(any_session, job_id, NOW)
    job = one(any_session, job_id)
    assert (job.state, job.kept_until) == (JobState.DONE, NOW + KEPT)
    assert (job.is_kept(NOW), job.is_kept(NOW + timedelta(days=90))) == (True, False)
    assert begin_next(any_session, NOW) is None


def test_what_somebody_left_comes_before_what_waits(any_session: Session) -> None:
    first, second = ask(any_session), ask(any_session)
    assert [begin_next(any_session, NOW), begin_next(any_session, NOW + timedelta(days=1))] == [first, first]
    assert one(any_session, first).begun_at == NOW
    fail_job(any_session, first, "job.broken", NOW)
    assert begin_next(any_session, NOW) == second
    assert one(any_session, first).failure == "job.broken"


def test_the_same_is_asked_for_once_until_it_has_ended(any_session: Session) -> None:
    place = add_place(any_session, kind="district").id
    job_id = ask(any_session, place_id=place)
    assert is_refused(JOB_ASKED_ALREADY, ask, any_session, OCTOBER, place)
    assert is_refused(JOB_GOES_ON, repeat_job, any_session, job_id, None, NOW)
    ask(any_session, SEPTEMBER, place)
    cancel_job(any_session, job_id, None, NOW)
    again = repeat_job(any_session, job_id, None, NOW)
    assert one(any_session, again).month == OCTOBER
    assert one(any_session, again).folder != one(any_session, job_id).folder
    assert list_jobs(any_session, [place]).total == 3
    assert list_jobs(any_session, []).total == 0


@pytest.mark.parametrize("is_begun", [False, True])
def test_what_is_cancelled_is_not_counted_any_more(any_session: Session, is_begun: bool) -> None:
    job_id = ask(any_session)
    if is_begun:
        begin_next(any_session, NOW)
    cancel_job(any_session, job_id, None, NOW)
    assert not count_done(any_session, job_id, 1, 2)
    assert not finish_job(any_session, job_id, NOW)
    assert not fail_job(any_session, job_id, "job.broken", NOW)
    assert one(any_session, job_id).state is JobState.CANCELLED
    assert is_refused(JOB_OVER, cancel_job, any_session, job_id, None, NOW)
    assert begin_next(any_session, NOW) is None


def test_one_that_nobody_has_asked_for_is_unknown(any_session: Session) -> None:
    assert is_refused(JOB_UNKNOWN, find_job, any_session, 404)
    assert is_refused(JOB_UNKNOWN, cancel_job, any_session, 404, None, NOW)


def test_the_timetable_asks_once_a_monday(any_session: Session) -> None:
    place, monday = add_place(any_session, kind="state").id, date(2026, 11, 2)
    assert not is_due_job_there(any_session, monday)
    for _ in range(2):
        ask_due_job(any_session, place, OCTOBER, monday, NOW)
        assert is_due_job_there(any_session, monday)
    assert list_jobs(any_session).total == 1
    # What somebody is waiting for already is not made a second time.
    asked = ask(any_session, date(2026, 11, 1), place)
    ask_due_job(any_session, place, date(2026, 11, 1), date(2026, 12, 7), NOW)
    assert one(any_session, asked).due_on == date(2026, 12, 7)
    assert list_jobs(any_session).total == 2


def test_everything_that_people_do_is_written_down_for_those_who_watch_there(any_session: Session) -> None:
    place = add_place(any_session, kind="district", code="D-1")
    job_id = ask(any_session, place_id=place.id)
    cancel_job(any_session, job_id, None, NOW)
    note_download(any_session, job_id, None, NOW)
    found = list_audit(any_session, AuditFilter(places=[place.id])).rows
    assert [entry.action for entry in found] == ["job.downloaded", "job.cancelled", "job.asked"]
    assert found[-1].details == {"kind": "reports", "place": "D-1", "month": "2026-10"}
    assert list_audit(any_session, AuditFilter(places=[place.id + 1])).total == 0
