"""Files of the office between two pages: kept for an hour, for whoever brought or made them."""

from collections.abc import Callable
from pathlib import Path

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from app.domain.problem import Problem
from app.formats.tables.reading import MOST_BYTES, read_table
from app.services import held_files
from app.services.held_files import HELD_GONE, HeldKind
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.guard import signed_in
from app.web.office.refusals import show_refusal

#: rows of one table on the page that shows what would change; the rest is counted
MOST_SHOWN = 200


class TableForm(FlaskForm):  # type: ignore[misc]
    """A table to be looked at before it changes anything."""

    file = FileField(
        validators=[FileRequired(_l("Please choose a file."))],
        description=_l(
            "An .xlsx file, or CSV saved as “CSV UTF-8”. You are shown what would change; before that nothing changes."
        ),
    )

    def __init__(self, label: str, kind: HeldKind) -> None:
        super().__init__()
        self._kind = kind
        self.file.label.text = label

    def hold(self) -> str:
        """The name under which the table is kept; a Problem for what is none."""
        with self.file.data.stream as stream:
            content = stream.read(MOST_BYTES + 1)
        read_table(content)
        return file_keeper(self._kind)(content)


class ApplyForm(FlaskForm):  # type: ignore[misc]
    """Confirms what was shown: the digest of the plan."""

    digest = HiddenField()


def ask_for_table(form: TableForm, template: str, review: str) -> ResponseReturnValue:
    """The page that asks for a table; once one is held, the way on to `review`, which shows what it would change."""
    status = 200
    if form.validate_on_submit():
        try:
            return redirect(url_for(review, token=form.hold()), 303)
        except Problem as problem:
            show_refusal(form, problem, form.file)
            status = problem.status
    elif form.is_submitted():
        status = 422
    return render_template(template, form=form), status


def apply_held(bring: Callable[[Path, str], int], *, review: str, done: str) -> ResponseReturnValue:
    """Do what was shown: `bring` gets the instance and the confirmed digest, and says how many changes it made.

    On to `done`; back to `review`, with the reason, if it was refused. Problem `file.gone`.
    """
    try:
        changes = bring(context().settings.instance, ApplyForm().digest.data or "")
    except Problem as problem:
        if problem.type is HELD_GONE:
            raise
        flash(sentence_of(problem), "bad")
        return redirect(review, 303)
    flash(ngettext("%(num)s change was made.", "%(num)s changes were made.", changes), "good")
    return redirect(done, 303)


def file_keeper(kind: HeldKind) -> Callable[[bytes], str]:
    """Keeps a finished file for whoever asked for it."""
    instance, owner, at = context().settings.instance, signed_in().id, now()
    return lambda content: held_files.store(instance, content, kind=kind, owner=owner, now=at)


def held_file(token: str, kind: HeldKind) -> bytes:
    """Problem `file.gone` after an hour, for anybody else, or if it is of another kind."""
    return held_files.read(context().settings.instance, token, kind=kind, owner=signed_in().id, now=now())
