"""Promises: what waits, what is open, what is late; and one by itself, to be approved or given back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.commitment import Commitment, State, in_order
from app.domain.problem import Problem
from app.services.accounts.queries import names_of
from app.services.dialogue.commitment_queries import commitments_at, may_be_approved_by
from app.services.dialogue.commitments import approve, give_back
from app.services.places.queries import PlaceLine, find_place
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.errors import sentence_of
from app.web.figures.reader import FigureReader
from app.web.office.dialogue.commitment_forms import ReasonForm
from app.web.office.dialogue.commitment_view import STATES, STEPS, shown_commitment
from app.web.office.guard import open_to, own_place_ids, signed_in
from app.web.office.refusals import show_refusal

ADDRESS = "/promises/<int:commitment_id>"


@dataclass(frozen=True, slots=True)
class Line:
    """A promise in a list. `late` is by how many days."""

    promise: Commitment
    place: PlaceLine
    late: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What an account has to look at: what it may approve, its own drafts and proposals, what is late, what is open."""

    to_approve: tuple[Line, ...]
    mine: tuple[Line, ...]
    late: tuple[Line, ...]
    open: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.to_approve or self.mine or self.late or self.open)


@open_to(Permission.PROPOSE_COMMITMENT, "/promises")
def show_commitments() -> ResponseReturnValue:
    with reading() as session:
        waiting = waiting_for_reader(session)
    return render_template(
        "office/dialogue/commitments/list.html",
        waiting=waiting,
        states=STATES,
        place_id=signed_in().place_id,
        reader=FigureReader(),
    )


@open_to(Permission.PROPOSE_COMMITMENT, ADDRESS)
def show_commitment(commitment_id: int) -> ResponseReturnValue:
    return _page(commitment_id, ReasonForm())


@open_to(Permission.APPROVE_COMMITMENT, f"{ADDRESS}/approve", "POST")
def approve_commitment(commitment_id: int) -> ResponseReturnValue:
    return act(commitment_id, approve, _("Approved. Everybody can read it now."))


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


def waiting_for_reader(session: Session) -> Waiting:
    """Of the reader's places."""
    within = own_place_ids(session)
    here = commitments_at(session, within, (State.DRAFT, State.PROPOSED, State.OPEN))
    me = signed_in().id
    proposed = [one for one in here if one.state is State.PROPOSED]
    to_approve = [one for one in proposed if may_be_approved_by(session, one, me, within)]
    mine = [one for one in here if one.state is not State.OPEN and one.authors & {me}]
    promised = in_order((one for one in here if one.state is State.OPEN), today())
    return Waiting(
        _lines(session, to_approve),
        _lines(session, mine),
        _lines(session, [one for one in promised if one.days_late(today())]),
        _lines(session, [one for one in promised if not one.days_late(today())]),
    )


def act(commitment_id: int, action: Callable[[Session, int, int, datetime], None], done: str) -> ResponseReturnValue:
    """Do it, say so or why not, and go back to the promise or, where it is gone, to the list."""
    with reading() as session:
        shown_commitment(session, commitment_id)
    try:
        with transaction() as session:
            action(session, commitment_id, signed_in().id, now())
    except Problem as problem:
        flash(sentence_of(problem), "bad")
    else:
        flash(done, "good")
    return redirect(url_for("office.dialogue.show_commitment", commitment_id=commitment_id), 303)


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


def _lines(session: Session, promises: Sequence[Commitment]) -> tuple[Line, ...]:
    return tuple(Line(one, find_place(session, one.place_id), one.days_late(today())) for one in promises)
