"""Jobs read: whose, in which order, and which files they need."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.installation.job import KEPT
from app.models import Job
from app.services.installation.jobs.job_queries import folders_in_work, folders_kept, list_jobs
from app.services.installation.jobs.jobs import ask_job, begin_next, cancel_job, finish_job
from tests.factories import add_place

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def folder(session: Session, job_id: int) -> str:
    return session.get_one(Job, job_id).folder


def test_the_newest_stand_first_a_page_at_a_time(any_session: Session) -> None:
    place = add_place(any_session, kind="district")
    ids = [ask_job(any_session, place.id, date(2026, month, 1), None, NOW) for month in (1, 2, 3)]
    first, second = (list_jobs(any_session, [place.id], page, per_page=2) for page in (1, 2))
    assert [job.id for job in (*first.rows, *second.rows)] == ids[::-1]
    assert first.rows[0].place_code == place.code
    assert (first.total, first.pages) == (3, 2)


def test_files_are_needed_by_what_goes_on_and_by_what_is_kept(any_session: Session) -> None:
    place = add_place(any_session, kind="district").id
    done, waiting, cancelled = (ask_job(any_session, place, date(2026, month, 1), None, NOW) for month in (1, 2, 3))
    begin_next(any_session, NOW)
    assert folders_in_work(any_session) == {folder(any_session, one) for one in (done, waiting, cancelled)}
    finish_job(any_session, done, NOW)
    cancel_job(any_session, cancelled, None, NOW)
    assert folders_in_work(any_session) == {folder(any_session, waiting)}
    assert folders_kept(any_session, NOW + KEPT - timedelta(seconds=1)) == {folder(any_session, done)}
    assert folders_kept(any_session, NOW + KEPT) == set()
