"""Recorded questions: bring the files in for a draft."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.surveys.recordings import LARGEST
from app.services.surveys.recordings import bring_recordings
from app.services.surveys.surveys import get_survey
from app.transaction import reading, transaction
from app.web.context import now
from app.web.errors import sentence_of
from app.web.office.guard import open_to, signed_in


@open_to(Permission.MANAGE_SURVEYS, "/surveys/<slug>/recordings", "POST")
def take_recordings(slug: str) -> ResponseReturnValue:
    with reading() as session:
        survey = get_survey(session, slug)
    # One byte more than is accepted tells that a file is too large, whatever its size.
    files = {file.filename: file.stream.read(LARGEST + 1) for file in request.files.getlist("files") if file.filename}
    if not files:
        flash(_("Please choose a file."), "bad")
    else:
        _bring(slug, files)
    return redirect(url_for("office.surveys.show_version", slug=slug, number=survey.newest.number), 303)


def _bring(slug: str, files: dict[str, bytes]) -> None:
    try:
        with transaction() as session:
            brought = bring_recordings(session, slug, files, actor_id=signed_in().id, now=now())
    except Problem as problem:
        for each in (problem, *problem.parts):
            flash(sentence_of(each), "bad")
        return
    if brought.kept:
        flash(ngettext("%(num)d recording was kept.", "%(num)d recordings were kept.", len(brought.kept)), "good")
    if brought.not_asked:
        flash(
            _("No question names these files, so they were left out: %(names)s", names=", ".join(brought.not_asked)),
            "warning",
        )
