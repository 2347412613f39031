"""A promise is written: choose a figure of the newest results, say what will be done about it, and send it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.dialogue.commitment import FIGURE_GONE, LATEST, SOONEST, Wording
from app.domain.dialogue.commitment_quote import Figure, Quote
from app.domain.problem import Problem
from app.services.dialogue.commitment_queries import unfinished_at
from app.services.dialogue.commitment_quotes import Quotable, quotable_at
from app.services.dialogue.commitments import discard, draft, propose, rewrite
from app.services.figures.editions.holding import what_is_shown
from app.services.places.queries import find_place
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.dialogue.commitment_forms import WordingForm, filled_in, refuse, texts_in
from app.web.office.dialogue.commitment_view import in_every_language, in_words, own_commitment, shown_commitment
from app.web.office.dialogue.commitments import ADDRESS, act
from app.web.office.guard import open_to, require_within, signed_in
from app.web.office.refusals import do_and_say

_FIGURE = ("survey", "evidence", "question", "row", "answer")


@open_to(Permission.PROPOSE_COMMITMENT, "/promises/new/<int:place_id>")
def choose_figure(place_id: int) -> ResponseReturnValue:
    """Every figure that the place may quote, or those of one question."""
    with reading() as session:
        require_within(session, place_id)
        place = find_place(session, place_id)
        found = quotable_at(session, place_id, what_is_shown(session, now()), today())
        unfinished = unfinished_at(session, place_id)
    only = request.args.get("question")
    figures = found.figures if found else ()
    chosen = [(one, quote) for one, quote in figures if only in (None, one.question)]
    return render_template(
        "office/dialogue/commitments/choose.html",
        place=place,
        found=found,
        figures=[(_arguments(one), in_words(quote, reader_language())) for one, quote in chosen],
        others=len(figures) - len(chosen),
        unfinished=unfinished,
        reader=FigureReader(),
    )


@open_to(Permission.PROPOSE_COMMITMENT, "/promises/write/<int:place_id>", "GET", "POST")
def write_commitment(place_id: int) -> ResponseReturnValue:
    """The quote as it will stand, in every language, and what is promised about it."""
    figure = _asked_figure()
    with reading() as session:
        require_within(session, place_id)
        place = find_place(session, place_id)
        found = quotable_at(session, place_id, what_is_shown(session, now()), today())
    quote = _quote_in(found, figure)
    form = WordingForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction() as session:
                    id_ = draft(session, place_id, figure, _wording(form), signed_in().id, now())
                    _send_if_asked(session, id_)
            except Problem as problem:
                refuse(form, problem)
                status = problem.status
            else:
                return _saved(id_)
    return _form_page(form, place.name.in_language(reader_language()), quote, found, status)


@open_to(Permission.PROPOSE_COMMITMENT, f"{ADDRESS}/edit", "GET", "POST")
def rewrite_commitment(commitment_id: int) -> ResponseReturnValue:
    """A draft, written anew; its figure is that of the newest results."""
    with reading() as session:
        promise = own_commitment(session, commitment_id)
        place = find_place(session, promise.place_id)
        found = quotable_at(session, promise.place_id, what_is_shown(session, now()), today())
        shown = shown_commitment(session, commitment_id)
    begun = {**filled_in("will", promise.will), **filled_in("office", promise.office), "due_on": promise.first_due_on}
    form = WordingForm(data=begun)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction() as session:
                    rewrite(session, commitment_id, _wording(form), signed_in().id, now())
                    _send_if_asked(session, commitment_id)
            except Problem as problem:
                refuse(form, problem)
                status = problem.status
            else:
                return _saved(commitment_id)
    return _form_page(form, place.name.in_language(reader_language()), shown.quoted.quote, found, status)


@open_to(Permission.PROPOSE_COMMITMENT, f"{ADDRESS}/send", "POST")
def send_commitment(commitment_id: int) -> ResponseReturnValue:
    return act(commitment_id, propose, _("Sent. Somebody else has to approve it now."))


@open_to(Permission.PROPOSE_COMMITMENT, f"{ADDRESS}/discard", "POST")
def discard_commitment(commitment_id: int) -> ResponseReturnValue:
    with reading() as session:
        own_commitment(session, commitment_id)
    back = url_for("office.dialogue.show_commitments")
    return do_and_say(
        lambda session: discard(session, commitment_id, signed_in().id, now()), _("The draft is gone."), back
    )


def _send_if_asked(session: Session, commitment_id: int) -> None:
    if request.form.get("then") == "send":
        propose(session, commitment_id, signed_in().id, now())


def _saved(commitment_id: int) -> ResponseReturnValue:
    is_sent = request.form.get("then") == "send"
    flash(_("Sent. Somebody else has to approve it now.") if is_sent else _("Kept as a draft."), "good")
    return redirect(url_for("office.dialogue.show_commitment", commitment_id=commitment_id), 303)


def _form_page(form: WordingForm, place: str, quote: Quote, found: Quotable | None, status: int) -> tuple[str, int]:
    page = render_template(
        "office/dialogue/commitments/write.html",
        form=form,
        place=place,
        words=in_every_language(quote),
        found=found,
        first=today() + SOONEST,
        last=today() + LATEST,
        reader=FigureReader(),
    )
    return page, status


def _wording(form: WordingForm) -> Wording:
    return Wording(texts_in(form, "will"), texts_in(form, "office"), form.due_on.data)


def _arguments(figure: Figure) -> dict[str, str]:
    """What names a figure in an address."""
    return {name: value for name in _FIGURE if (value := getattr(figure, name)) is not None}


def _asked_figure() -> Figure:
    asked = {name: request.args.get(name) for name in _FIGURE}
    return Figure(
        asked["survey"] or "", asked["evidence"] or "", asked["question"] or "", asked["row"], asked["answer"] or ""
    )


def _quote_in(found: Quotable | None, figure: Figure) -> Quote:
    """Problem `commitment.figure_gone`."""
    quote = dict(found.figures).get(figure) if found else None
    if quote is None:
        raise Problem(FIGURE_GONE)
    return quote
