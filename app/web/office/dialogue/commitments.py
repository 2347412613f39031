"""Promises: what waits, what is open, what is late; and one by itself, to be approved or given back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.services.accounts.queries import names_of
from app.services.dialogue.commitment_queries import waiting_for
from app.services.dialogue.commitments import approve, give_back
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.office.dialogue.commitment_forms import ReasonForm
from app.web.office.dialogue.commitment_view import STATES, STEPS, shown_commitment
from app.web.office.guard import open_to, own_place_ids, signed_in
from app.web.office.refusals import do_and_say, show_refusal

ADDRESS = "/promises/<int:commitment_id>"


@open_to(Permission.PROPOSE_COMMITMENT, "/promises")
def show_commitments() -> ResponseReturnValue:
    with reading() as session:
        own = own_place_ids(session)
        waiting = waiting_for(session, signed_in().id, own, today())
    return render_template(
        "office/dialogue/commitments/list.html",
        waiting=waiting,
        states=STATES,
        place_id=signed_in().place_id,
        has_places_below=len(own) > 1,
        reader=FigureReader(),
    )


@open_to(Permission.PROPOSE_COMMITMENT, ADDRESS)
def show_commitment(commitment_id: int) -> ResponseReturnValue:
    return _page(commitment_id, ReasonForm())


@open_to(Permission.APPROVE_COMMITMENT, f"{ADDRESS}/approve", "POST")
def approve_commitment(commitment_id: int) -> ResponseReturnValue:
    approve_read = partial(approve, read=request.form.get("read", ""))
    return act(commitment_id, approve_read, _("Approved. Everybody can read it now."))


@open_to(Permission.PROPOSE_COMMITMENT, f"{ADDRESS}/give-back", "POST")
def give_commitment_back(commitment_id: int) -> ResponseReturnValue:
    """By whoever approves with a reason; by who wrote it without one."""
    form = ReasonForm()
    with reading() as session:
        is_mine = shown_commitment(session, commitment_id).is_mine
    if not is_mine and not form.validate():
        return _page(commitment_id, form), 422
    try:
        with transaction() as session:
            give_back(session, commitment_id, form.reason.data or "", signed_in().id, now())
    except Problem as problem:
        show_refusal(form, problem, form.reason)
        return _page(commitment_id, form), problem.status
    flash(_("It is a draft again."), "good")
    return redirect(url_for("office.dialogue.show_commitments"), 303)


def act(commitment_id: int, action: Callable[[Session, int, int, datetime], None], done: str) -> ResponseReturnValue:
    """Do it, say so or why not, and go back to the promise."""
    with reading() as session:
        shown_commitment(session, commitment_id)
    back = url_for("office.dialogue.show_commitment", commitment_id=commitment_id)
    return do_and_say(lambda session: action(session, commitment_id, signed_in().id, now()), done, back)


def _page(commitment_id: int, form: ReasonForm) -> str:
    with reading() as session:
        shown = shown_commitment(session, commitment_id)
        names = names_of(session, [event.account_id for event in shown.promise.events])
    return render_template(
        "office/dialogue/commitments/promise.html",
        shown=shown,
        form=form,
        names=names,
        states=STATES,
        steps=STEPS,
        reader=FigureReader(),
    )
