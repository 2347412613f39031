"""What became of a promise: done, not done or withdrawn; or its day is moved."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.domain.accounts.role import Permission
from app.domain.dialogue.commitment import Step
from app.domain.problem import Problem
from app.services.dialogue.commitments import finish, move
from app.transaction import reading, transaction
from app.web.context import now
from app.web.figures.reader import FigureReader
from app.web.office.dialogue.commitment_forms import EndForm, MoveForm, refuse, texts_in
from app.web.office.dialogue.commitment_view import shown_commitment
from app.web.office.dialogue.commitments import ADDRESS
from app.web.office.guard import open_to, signed_in


@open_to(Permission.PROPOSE_COMMITMENT, f"{ADDRESS}/end", "GET", "POST")
def end_commitment(commitment_id: int) -> ResponseReturnValue:
    form = EndForm()

    def end() -> None:
        with transaction() as session:
            step, texts = Step(form.step.data), texts_in(form, "texts")
            finish(session, commitment_id, step, texts, signed_in().id, now())

    return _submit(commitment_id, form, _("Say what became of it"), end, _("Said. Everybody can read it now."))


@open_to(Permission.PROPOSE_COMMITMENT, f"{ADDRESS}/move", "GET", "POST")
def move_commitment(commitment_id: int) -> ResponseReturnValue:
    form = MoveForm()

    def move_day() -> None:
        with transaction() as session:
            move(session, commitment_id, form.due_on.data, texts_in(form, "texts"), signed_in().id, now())

    return _submit(commitment_id, form, _("Move the day"), move_day, _("Moved. Everybody can read it now."))


def _submit(
    commitment_id: int, form: FlaskForm, title: str, change: Callable[[], None], done: str
) -> ResponseReturnValue:
    """Show the form with the promise above it, or do what it asks; a refusal keeps what was typed."""
    with reading() as session:
        shown = shown_commitment(session, commitment_id)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                change()
            except Problem as problem:
                refuse(form, problem)
                status = problem.status
            else:
                flash(done, "good")
                return redirect(url_for("office.dialogue.show_commitment", commitment_id=commitment_id), 303)
    page = render_template(
        "office/dialogue/commitments/end.html", shown=shown, form=form, title=title, reader=FigureReader()
    )
    return page, status
