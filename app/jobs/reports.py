"""The jobs that people see: reports of a month, drawn one after the other, gone on with after a kill, kept for a time.

What is drawn is what whoever asked could have read at that minute, however long it takes.
"""

import errno
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError

from app.documents.report_contents import ContentsLine, write_report_contents
from app.documents.report_pdf import write_report_pdf
from app.domain.figures.editions.days import day_to_show
from app.domain.installation.department_view import DepartmentView
from app.domain.installation.job import BROKEN, newest_due
from app.domain.places.file_names import plain_code
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.formats.paper.pdfium import count_pages
from app.jobs.clock import ask_clock, present_reading
from app.services.figures.editions.report_choice import read_report
from app.services.held_files import DISK_FULL
from app.services.installation.department_queries import describe_department
from app.services.installation.jobs.job_files import Parts, forget_files, forget_others, forget_parts
from app.services.installation.jobs.job_queries import (
    JobView,
    find_job,
    folders_in_work,
    folders_kept,
    is_due_job_there,
)
from app.services.installation.jobs.jobs import ask_due_job, begin_next, count_done, fail_job, finish_job
from app.services.locks import Job
from app.services.places.queries import PlaceLine, register_of, top_place
from app.services.record.editions import newest_shown_day
from app.transaction import reading, transaction
from app.upkeep import alone

#: places without results that are counted in one transaction
AT_ONCE = 20

_log = logging.getLogger(__name__)


def make_reports(instance: Path) -> None:
    """Ask for what is due, and make all that was asked for; nothing if another worker is at it."""
    with alone(Job.REPORTS) as is_alone:
        if not is_alone:
            return
        clock = ask_clock()
        if not clock.is_doubted:
            ask_for_due_reports(clock.now)
        while (job := _begin_next()) is not None:
            _make(job, instance)


def ask_for_due_reports(now: datetime) -> None:
    """Of the newest month whose weeks have settled, for the whole department, once that Monday's editions are shown."""
    due_on, month = newest_due(day_to_show(now))
    with reading() as session:
        # Asked every minute, and answered so in all but one of a month.
        if is_due_job_there(session, due_on):
            return
        shown, top = newest_shown_day(session, day_to_show(now)), top_place(session, day_of(now))
    if top is not None and shown is not None and shown >= due_on:
        with transaction() as session:
            ask_due_job(session, top.id, month, due_on, now)


def forget_reports(instance: Path, past: datetime) -> int:
    """Take away files whose time was over then, and what is left of jobs that have ended; how many."""
    with alone(Job.REPORTS) as is_alone:
        if not is_alone:
            return 0
        with reading() as session:
            in_work, kept = folders_in_work(session), folders_kept(session, past)
        return forget_others(instance, in_work, kept)


def _begin_next() -> JobView | None:
    with transaction() as session:
        job_id = begin_next(session, present_reading().at)
        return None if job_id is None else find_job(session, job_id)


def _make(job: JobView, instance: Path) -> None:
    try:
        is_done = _draw_all(job, instance)
    except OperationalError:
        # Somebody holds the database, or it is being started: the next run goes on from here.
        raise
    except Exception as error:  # whatever it is, the jobs behind this one must not wait for it
        told = {"event": "job.given_up", "job": job.kind.value}
        _log.error("Job %d cannot be done: %s", job.id, _code_of(error), exc_info=error, extra=told)
        with transaction() as session:
            fail_job(session, job.id, _code_of(error), present_reading().at)
        is_done = False
    if is_done:
        forget_parts(instance, job.folder)
    else:
        forget_files(instance, job.folder)


def _draw_all(job: JobView, instance: Path) -> bool:
    """Whether the job is done; False if somebody has cancelled it meanwhile."""
    with reading() as session:
        places = register_of(session, job.place_id, day_of(job.made_at))
        department = describe_department(session)
    if not _count(job, job.done, len(places)):
        return False
    parts = Parts(instance, job.folder)
    for number, place in enumerate(places, 1):
        is_drawn = not parts.is_done(place.id, job.languages) and _draw(job, place, parts, department)
        is_to_be_counted = number > job.done and (is_drawn or number % AT_ONCE == 0 or number == len(places))
        if is_to_be_counted and not _count(job, number, len(places)):
            return False
    _bind(job, places, parts)
    with transaction() as session:
        return finish_job(session, job.id, present_reading().at)


def _count(job: JobView, done: int, total: int) -> bool:
    with transaction() as session:
        return count_done(session, job.id, done, total)


def _draw(job: JobView, place: PlaceLine, parts: Parts, department: DepartmentView) -> bool:
    """Keep the reports of one place; False if there is nothing to be drawn."""
    with reading() as session:
        report, _ = read_report(session, place.id, None, job.period, job.made_at)
    if report is None or not any(section.releases for section in report.sections):
        parts.leave_out(place.id)
        return False
    for language in job.languages:
        if not parts.file(place.id, language).is_file():
            parts.keep(place.id, language, write_report_pdf(report, department, language))
    return True


def _bind(job: JobView, places: Sequence[PlaceLine], parts: Parts) -> None:
    contents, files = [], []
    for number, place in enumerate(places, 1):
        pages = {}
        for language in () if parts.is_left_out(place.id) else job.languages:
            file = parts.file(place.id, language)
            pages[language] = count_pages(file)
            # Codes that no file system would take stand in the list of contents.
            files.append((f"{number:04d}-{plain_code(place.code)}-{language}.pdf", file))
        contents.append(ContentsLine(number, place.code, place.name, pages))
    parts.bind(write_report_contents(contents), files)


def _code_of(error: Exception) -> str:
    """The stable code of a failure; a page has words for it."""
    if isinstance(error, Problem):
        return error.code
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DISK_FULL.code
    return BROKEN
