"""Importing visits and cases by quarter: choose a file, see what would change, confirm."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy.orm import Session
from wtforms import HiddenField

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.quarter import quarter_label
from app.formats.tables.reading import MOST_BYTES, read_table
from app.services import held_files
from app.services.places.ancestry import ancestors_of
from app.services.slips.case_counts import import_cases, plan_case_import
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.office.guard import PLACE_FOREIGN, allowed, signed_in

MOST_SHOWN = 200


class CaseUploadForm(FlaskForm):  # type: ignore[misc]
    file = FileField(
        _l("Visits or cases"),
        [FileRequired(_l("Please choose a file."))],
        description=_l(
            "An .xlsx file, or CSV saved as “CSV UTF-8”. You are shown what would change; before that nothing changes."
        ),
    )


class CaseApplyForm(FlaskForm):  # type: ignore[misc]
    digest = HiddenField()


def add_routes(office: Blueprint) -> None:
    held = "/slip-register/import/<token>"
    office.add_url_rule("/slip-register/import", view_func=upload_cases, methods=["GET", "POST"])
    office.add_url_rule(held, view_func=review_cases)
    office.add_url_rule(held, view_func=apply_cases, methods=["POST"])


@allowed(Permission.MANAGE_PLACES)
def upload_cases() -> ResponseReturnValue:
    form, status = CaseUploadForm(), 200
    with reading() as session:
        _require_all(session)
    if form.validate_on_submit():
        try:
            with form.file.data.stream as stream:
                content = stream.read(MOST_BYTES + 1)
            read_table(content)
            token = held_files.store(context().settings.instance, content, owner=signed_in().id, now=now())
            return redirect(url_for("office.slips.review_cases", token=token), 303)
        except Problem as problem:
            form.file.errors = [*form.file.errors, sentence_of(problem)]
            status = problem.status
    elif form.is_submitted():
        status = 422
    return render_template("office/slips/register/import.html", form=form), status


@allowed(Permission.MANAGE_PLACES)
def review_cases(token: str) -> ResponseReturnValue:
    table = read_table(_held(token))
    with reading() as session:
        _require_all(session)
        plan = plan_case_import(session, table, now=now())
    confirm = CaseApplyForm(formdata=None, digest=plan.digest)
    return render_template(
        "office/slips/register/review.html",
        plan=plan,
        confirm=confirm,
        token=token,
        most=MOST_SHOWN,
        sentence_of=sentence_of,
        quarter_label=quarter_label,
    )


@allowed(Permission.MANAGE_PLACES)
def apply_cases(token: str) -> ResponseReturnValue:
    table, confirm = read_table(_held(token)), CaseApplyForm()
    with reading() as session:
        _require_all(session)
    try:
        with transaction() as session:
            done = import_cases(session, table, confirm.digest.data or "", actor_id=signed_in().id, now=now())
    except Problem as problem:
        flash(sentence_of(problem), "bad")
        return redirect(url_for("office.slips.review_cases", token=token), 303)
    held_files.discard(context().settings.instance, token, owner=signed_in().id, now=now())
    flash(ngettext("%(num)s change was made.", "%(num)s changes were made.", len(done.changes)), "good")
    return redirect(url_for("office.slips.show_register"), 303)


def _held(token: str) -> bytes:
    return held_files.read(context().settings.instance, token, owner=signed_in().id, now=now())


def _require_all(session: Session) -> None:
    """The list may name any place, so it is for accounts at the top only."""
    if ancestors_of(session, signed_in().place_id, today()):
        raise Problem(PLACE_FOREIGN)
