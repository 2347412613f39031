"""Quiet periods: entered by one person of headquarters, confirmed by another, and what they hold meanwhile."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.accounts.role import Permission
from app.domain.installation.quiet_period import (
    BY_DEFAULT,
    LONGEST,
    LONGEST_ORDER,
    QUIET_WRONG,
    QuietChoice,
    read_choice,
    written,
)
from app.domain.problem import Problem
from app.domain.surveys.rounds.round import RoundState
from app.services.figures.editions.holding import held_days
from app.services.installation.quiet.changes import (
    confirm_end,
    confirm_quiet,
    enter_quiet,
    propose_end,
    withdraw_end,
    withdraw_quiet,
)
from app.services.installation.quiet.queries import QuietState, list_quiet_periods
from app.services.places.queries import children_of, find_place, find_place_by_code
from app.services.surveys.round_queries import RoundView, list_rounds
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.guard import is_whole, open_to, require_whole, signed_in
from app.web.office.installation.quiet_words import BLOCKS, STATE_KINDS, STATES
from app.web.office.refusals import do_and_say, show_refusal

ADDRESS = "/quiet/<int:quiet_id>"
#: as long as from the announcement of an election of a state to its results
_USUAL = timedelta(days=45)


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class QuietForm(FlaskForm):  # type: ignore[misc]
    order = StringField(
        _l("Number of the order"),
        [InputRequired(_l("Please write the number of the order."))],
        description=_l("As the election office wrote it. Everybody can read it. Name no person."),
        render_kw={"maxlength": LONGEST_ORDER, "autocomplete": "off"},
    )
    from_at = StringField(
        _l("From"),
        [InputRequired(_l("Please write a day and a time."))],
        description=_l("In India, such as 2026-12-01 08:00. It never reaches back before it is confirmed."),
    )
    until_at = StringField(
        _l("Until"),
        [InputRequired(_l("Please write a day and a time."))],
        description=_l("Then everything that was held is shown. It can be ended earlier by two people."),
    )
    places = _Ticks(
        _l("For which places?"),
        coerce=int,
        description=_l("All below and above them keeps quiet with them: a state's page reaches its districts."),
    )
    codes = TextAreaField(
        _l("Further places, by their codes"),
        [Length(max=2000)],
        description=_l("One a line; for a by-election, of the police stations in it."),
        render_kw={"rows": 3},
    )
    blocks = _Ticks(
        _l("What is not published meanwhile?"),
        description=_l("Answering never stops. The usual ticks are set; the order and your lawyer decide."),
    )


@open_to(Permission.READ_AUDIT, "/quiet")
def show_quiet() -> ResponseReturnValue:
    with reading() as session:
        periods = list_quiet_periods(session, now())
        held, rounds = held_days(session, now()), _held_rounds(session)
        may_decide = signed_in().may(Permission.SET_QUIET) and is_whole(session)
    return render_template(
        "office/installation/quiet/periods.html",
        periods=[one for one in periods if one.state in (QuietState.WAITING, QuietState.HOLDS, QuietState.COMING)],
        past=[one for one in periods if one.state in (QuietState.OVER, QuietState.WITHDRAWN)],
        held=held,
        rounds=rounds,
        may_decide=may_decide,
        me=signed_in().id,
        blocks=BLOCKS,
        states=STATES,
        state_kinds=STATE_KINDS,
        reader=FigureReader(),
    )


@open_to(Permission.SET_QUIET, "/quiet/new", "GET", "POST")
def plan_quiet() -> ResponseReturnValue:
    usual = {"from_at": written(now()), "until_at": written(now() + _USUAL), "blocks": [*BY_DEFAULT]}
    form = QuietForm(data=usual)
    with reading() as session:
        require_whole(session)
        language = reader_language()
        below = children_of(session, signed_in().place_id, today(), language=language)
        places = [find_place(session, signed_in().place_id), *below]
    form.places.choices = [SelectChoice(place.id, place.name.in_language(language)) for place in places]
    form.blocks.choices = [SelectChoice(what.value, str(words)) for what, words in BLOCKS.items()]
    if form.validate_on_submit() and _enter(form):
        flash(_("Entered. It holds as soon as another person of headquarters has confirmed it."), "good")
        return redirect(url_for("office.installation.show_quiet"), 303)
    page = render_template("office/installation/quiet/plan.html", form=form, longest=LONGEST.days)
    return page, 422 if form.is_submitted() else 200


@open_to(Permission.SET_QUIET, f"{ADDRESS}/confirm", "POST")
def confirm_entered(quiet_id: int) -> ResponseReturnValue:
    return _act(confirm_quiet, quiet_id, _("Confirmed. It is entered in the public record."))


@open_to(Permission.SET_QUIET, f"{ADDRESS}/withdraw", "POST")
def withdraw_entered(quiet_id: int) -> ResponseReturnValue:
    return _act(withdraw_quiet, quiet_id, _("Taken back."))


@open_to(Permission.SET_QUIET, f"{ADDRESS}/end", "POST")
def propose_early_end(quiet_id: int) -> ResponseReturnValue:
    return _act(propose_end, quiet_id, _("It ends as soon as another person of headquarters has confirmed that."))


@open_to(Permission.SET_QUIET, f"{ADDRESS}/end/withdraw", "POST")
def withdraw_early_end(quiet_id: int) -> ResponseReturnValue:
    return _act(withdraw_end, quiet_id, _("It lasts until its day after all."))


@open_to(Permission.SET_QUIET, f"{ADDRESS}/end/confirm", "POST")
def confirm_early_end(quiet_id: int) -> ResponseReturnValue:
    return _act(confirm_end, quiet_id, _("Ended. What was held is shown from now on."))


def _act(action: Callable[..., None], quiet_id: int, done: str) -> ResponseReturnValue:
    def act(session: Session) -> None:
        require_whole(session)
        action(session, quiet_id, signed_in().id, now())

    return do_and_say(act, done, url_for("office.installation.show_quiet"))


def _enter(form: QuietForm) -> bool:
    """Whether it is entered; else the form says why not, beside what it is about."""
    try:
        with transaction() as session:
            require_whole(session)
            enter_quiet(session, _read(session, form), signed_in().id, now())
    except Problem as problem:
        for part in problem.parts if problem.type is QUIET_WRONG else (problem,):
            show_refusal(form, part, form[str(part.details.get("field", "codes"))])
        return False
    return True


def _read(session: Session, form: QuietForm) -> QuietChoice:
    """Problem `place.unknown` for a code that no place has; those of `read_choice`."""
    codes = [line.strip() for line in (form.codes.data or "").splitlines()]
    further = (find_place_by_code(session, code).id for code in codes if code)
    places: Iterable[int] = {*form.places.data, *further}
    data = form.order.data, form.from_at.data, form.until_at.data
    return read_choice(*data, frozenset(places), form.blocks.data or (), now())


def _held_rounds(session: Session) -> list[RoundView]:
    return [one for one in list_rounds(session, now()) if one.state is RoundState.HELD]
