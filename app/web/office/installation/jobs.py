"""Jobs: reports of a month for many places, asked for, looked at, cancelled, repeated and fetched."""

from dataclasses import dataclass
from pathlib import Path

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from app.domain.accounts.role import Permission
from app.domain.installation.job import (
    JOB_FILE_GONE,
    MONTH_NOT_OVER,
    MONTH_WITHOUT_RESULTS,
    JobState,
    months_over,
    read_month,
)
from app.domain.listing import Listing
from app.domain.places.file_names import plain_code
from app.domain.problem import Problem
from app.domain.weeks import month_label
from app.services.figures.editions.report_choice import months_shown
from app.services.held_files import DISK_FULL
from app.services.installation.jobs.job_files import finished_file
from app.services.installation.jobs.job_queries import JobView, find_job, list_jobs
from app.services.installation.jobs.jobs import ask_job, cancel_job, note_download, repeat_job
from app.services.places.ancestry import subtree_ids
from app.services.places.queries import find_place
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.refusals import show_refusal

#: how often a page that shows work going on asks anew by itself, and how many times: then whoever has left it open is
#: signed out as from any other
REFRESH_S, REFRESHES = 5, 240

STATE_WORDS = {
    JobState.WAITING: _l("Waits for its turn"),
    JobState.RUNNING: _l("Is being made"),
    JobState.DONE: _l("Ready"),
    JobState.FAILED: _l("Could not be made"),
    JobState.CANCELLED: _l("Cancelled"),
}
FILE_GONE = _l("The file is not kept any more")
FAILURE_WORDS = {
    DISK_FULL.code: _l("The disk of this installation is nearly full. Please tell its operator."),
}
OTHER_FAILURE = _l("Something went wrong. The operator finds the reason in the log of the worker.")


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job, and whether its file can be fetched."""

    job: JobView
    has_file: bool

    @property
    def is_open(self) -> bool:
        return not self.job.state.is_over

    @property
    def words(self) -> str:
        """Its state."""
        words = STATE_WORDS[self.job.state]
        return str(FILE_GONE if self.job.state is JobState.DONE and not self.has_file else words)

    @property
    def failure(self) -> str:
        """Why it could not be made, in words; nothing if it could."""
        return str(FAILURE_WORDS.get(self.job.failure, OTHER_FAILURE)) if self.job.failure else ""


class ReportsForm(FlaskForm):  # type: ignore[misc]
    # What is not offered is refused in words of our own.
    month = SelectField(_l("Month"), [InputRequired(_l(MONTH_NOT_OVER.message))], validate_choice=False)

    def __init__(self) -> None:
        super().__init__()
        with reading() as session:
            below = subtree_ids(session, signed_in().place_id, today())
            months = months_shown(session, below, months_over(today()), now())
        self.month.choices = [(month_label(one), format_date(one, "LLLL y")) for one in months]

    def validate_month(self, field: SelectField) -> None:
        if field.data in dict(field.choices):
            return
        is_over = field.data in map(month_label, months_over(today()))
        raise ValidationError(sentence_of(Problem(MONTH_WITHOUT_RESULTS if is_over else MONTH_NOT_OVER)))


@open_to(Permission.READ_RELEASES, "/jobs")
def show_jobs() -> ResponseReturnValue:
    return _page()


@open_to(Permission.ASK_FOR_JOBS, "/jobs", "POST")
def ask_for_reports() -> ResponseReturnValue:
    form, status = ReportsForm(), 422
    if form.validate_on_submit():
        try:
            with transaction() as session:
                month = read_month(form.month.data, today())
                ask_job(session, signed_in().place_id, month, signed_in().id, now())
        except Problem as problem:
            show_refusal(form, problem, form.month)
            status = problem.status
        else:
            flash(_("The file is being made. You may leave this page meanwhile."), "good")
            return redirect(url_for("office.installation.show_jobs"), 303)
    return _page(form), status


@open_to(Permission.ASK_FOR_JOBS, "/jobs/<int:job_id>/cancel", "POST")
def cancel_one_job(job_id: int) -> ResponseReturnValue:
    with transaction() as session:
        _own_job(session, job_id)
        cancel_job(session, job_id, signed_in().id, now())
    flash(_("The job is cancelled."), "good")
    return redirect(url_for("office.installation.show_jobs"), 303)


@open_to(Permission.ASK_FOR_JOBS, "/jobs/<int:job_id>/repeat", "POST")
def repeat_one_job(job_id: int) -> ResponseReturnValue:
    with transaction() as session:
        _own_job(session, job_id)
        repeat_job(session, job_id, signed_in().id, now())
    flash(_("The file is being made once more. You may leave this page meanwhile."), "good")
    return redirect(url_for("office.installation.show_jobs"), 303)


@open_to(Permission.READ_RELEASES, "/jobs/<int:job_id>/file", "POST")
def download_job(job_id: int) -> ResponseReturnValue:
    """The file; posted for, since it is written down who takes it. Problem `job.file_gone`."""
    with transaction() as session:
        job = _own_job(session, job_id)
        if not _has_file(job):
            raise Problem(JOB_FILE_GONE)
        note_download(session, job_id, signed_in().id, now())
    name = f"{job.kind}-{plain_code(job.place_code)}-{job.period}.zip"
    return send_file(_file_of(job), mimetype="application/zip", as_attachment=True, download_name=name)


def _page(form: ReportsForm | None = None) -> str:
    with reading() as session:
        found = list_jobs(session, own_place_ids(session), request.args.get("page", 1, type=int))
        place = find_place(session, signed_in().place_id)
    shown = Listing(tuple(ShownJob(job, _has_file(job)) for job in found.rows), found.total, found.page, found.pages)
    may_ask, refresh = signed_in().role.may(Permission.ASK_FOR_JOBS), _refresh(shown)
    # Which months have results is looked up only where one can be chosen.
    if form is None and may_ask and not refresh:
        form = ReportsForm()
    return render_template(
        "office/installation/jobs.html", form=form, found=shown, place=place, may_ask=may_ask, refresh=refresh
    )


def _refresh(shown: Listing[ShownJob]) -> str:
    """When the page asks anew and for which address; nothing where nothing goes on, or nobody seems to look."""
    left = request.args.get("left", REFRESHES, type=int)
    if request.method == "POST" or not 0 < left <= REFRESHES or not any(one.is_open for one in shown.rows):
        return ""
    return f"{REFRESH_S}; url={url_for('office.installation.show_jobs', page=shown.page, left=left - 1)}"


def _own_job(session: Session, job_id: int) -> JobView:
    """Problems `job.unknown`, and `place.foreign` for one of a place that is not the reader's."""
    job = find_job(session, job_id)
    require_within(session, job.place_id)
    return job


def _has_file(job: JobView) -> bool:
    return job.is_kept(now()) and _file_of(job).is_file()


def _file_of(job: JobView) -> Path:
    return finished_file(context().settings.instance, job.folder)
