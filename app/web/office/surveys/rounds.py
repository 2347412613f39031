"""Polls and quizzes with dates: planned by one person, announced by another; no number before their results."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.surveys.rounds.round import ANNOUNCED_BEFORE, REASON_LENGTH, RoundState, check_dates, first_results_day
from app.domain.surveys.survey import SurveyKind
from app.services.places.queries import children_of, find_place
from app.services.responses.rounds.signs_of_life import is_arriving, last_arrival
from app.services.surveys.round_queries import RoundView, get_round, list_rounds
from app.services.surveys.rounds import RoundPlan, announce_round, cancel_round, plan_round
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.languages import reader_language
from app.web.office.days import DayField
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.refusals import do_and_say, show_refusal
from app.web.office.surveys.choice import survey_choices
from app.web.office.surveys.words import KINDS

STATES = {
    RoundState.PLANNED: _l("Waits for approval"),
    RoundState.WITHDRAWN: _l("Withdrawn"),
    RoundState.ANNOUNCED: _l("Announced"),
    RoundState.OPEN: _l("Open"),
    RoundState.COUNTING: _l("Closed, no results yet"),
    RoundState.HELD: _l("Results made, not shown yet"),
    RoundState.PUBLISHED: _l("Results published"),
    RoundState.CANCELLED: _l("Cancelled"),
}
STATE_KINDS = {RoundState.PLANNED: "warning", RoundState.OPEN: "good", RoundState.CANCELLED: "bad"}
#: whole days between today and the first that may be chosen: it is announced a day before
_AHEAD = timedelta(days=3)
_USUAL = timedelta(days=13)


class RoundForm(FlaskForm):  # type: ignore[misc]
    survey = SelectField(
        _l("Which questions?"),
        [InputRequired()],
        coerce=int,
        description=_l("A published poll or quiz that nobody has answered yet. It is not changed any more."),
    )
    place = SelectField(_l("About which place?"), [InputRequired()], coerce=int)
    first = DayField(
        _l("First day"),
        [InputRequired(_l("Please choose a day."))],
        description=_l("From midnight on. Another person must have approved it a whole day before."),
    )
    last = DayField(
        _l("Last day"),
        [InputRequired(_l("Please choose a day."))],
        description=_l("Until midnight. Whoever opened the page in time may send it later."),
    )
    results = DayField(
        _l("Day of the results"),
        [InputRequired(_l("Please choose a day."))],
        description=_l("A Monday, at least seven days after it closed; at 11:00, also on a holiday."),
    )


class CancelForm(FlaskForm):  # type: ignore[misc]
    reason_hi = TextAreaField(_l("Why, in Hindi?"), [Length(max=4 * REASON_LENGTH)])
    reason_en = TextAreaField(_l("Why, in English?"), [Length(max=4 * REASON_LENGTH)])


@open_to(Permission.PLAN_ROUNDS, "/rounds")
def show_rounds() -> str:
    with reading() as session:
        own = own_place_ids(session)
        rounds = [one for one in list_rounds(session, now()) if one.place_id in own]
    return render_template("office/surveys/rounds/rounds.html", rounds=rounds, **_words())


@open_to(Permission.PLAN_ROUNDS, "/rounds/new", "GET", "POST")
def plan() -> ResponseReturnValue:
    last = today() + _AHEAD + _USUAL
    form = RoundForm(data={"first": today() + _AHEAD, "last": last, "results": first_results_day(last)})
    with reading() as session:
        _offer(session, form)
    if form.validate_on_submit():
        try:
            round_id = _plan(form)
        except Problem as problem:
            show_refusal(form, problem, _field(form, problem))
        else:
            flash(_("Planned. Another person has to approve it a whole day before it opens."), "good")
            return redirect(url_for("office.surveys.show_round", round_id=round_id), 303)
    page = render_template("office/surveys/rounds/plan.html", form=form)
    return page, 422 if form.is_submitted() else 200


@open_to(Permission.PLAN_ROUNDS, "/rounds/<int:round_id>")
def show_round(round_id: int) -> str:
    with reading() as session:
        view = _within(session, round_id)
        arriving, last = False, None
        if view.state in (RoundState.OPEN, RoundState.COUNTING):
            arriving = is_arriving(session, view.survey_version_id, now())
            last = last_arrival(session, view.survey_version_id)
    return render_template(
        "office/surveys/rounds/round.html",
        round=view,
        arriving=arriving,
        last=last,
        address=context().settings.address,
        approve_before=view.dates.opens_at - ANNOUNCED_BEFORE,
        may_approve=signed_in().may(Permission.APPROVE_ROUNDS) and view.planned_by != signed_in().id,
        may_issue=signed_in().may(Permission.ISSUE_HANDLES),
        may_cancel=signed_in().may(Permission.APPROVE_ROUNDS),
        **_words(),
    )


@open_to(Permission.APPROVE_ROUNDS, "/rounds/<int:round_id>/announce", "POST")
def announce(round_id: int) -> ResponseReturnValue:
    with reading() as session:
        _within(session, round_id)
    return do_and_say(
        lambda session: announce_round(session, round_id, actor_id=signed_in().id, now=now()),
        _("Announced. From now on nothing is changed."),
        url_for("office.surveys.show_round", round_id=round_id),
    )


@open_to(Permission.APPROVE_ROUNDS, "/rounds/<int:round_id>/cancel", "GET", "POST")
def cancel(round_id: int) -> ResponseReturnValue:
    form = CancelForm()
    with reading() as session:
        view = _within(session, round_id)
    if form.validate_on_submit():
        reason = {"hi": form.reason_hi.data or "", "en": form.reason_en.data or ""}
        try:
            with transaction() as session:
                cancel_round(session, round_id, reason, actor_id=signed_in().id, now=now())
        except Problem as problem:
            show_refusal(form, problem)
        else:
            flash(_("Withdrawn.") if view.number is None else _("Cancelled. Everybody can read why."), "good")
            return redirect(url_for("office.surveys.show_round", round_id=round_id), 303)
    page = render_template("office/surveys/rounds/cancel.html", form=form, round=view)
    return page, 422 if form.is_submitted() else 200


def _plan(form: RoundForm) -> int:
    """Problems of `check_dates` and `plan_round`."""
    dates = check_dates(form.first.data, form.last.data, form.results.data, now())
    with transaction() as session:
        require_within(session, form.place.data)
        chosen = RoundPlan(form.survey.data, form.place.data, dates)
        return plan_round(session, chosen, actor_id=signed_in().id, now=now())


def _offer(session: Session, form: RoundForm) -> None:
    language = reader_language()
    form.survey.choices = survey_choices(session, but=SurveyKind.SURVEY)
    below = children_of(session, signed_in().place_id, today(), language=language)
    own = [find_place(session, signed_in().place_id), *below]
    form.place.choices = [SelectChoice(str(place.id), place.name.in_language(language)) for place in own]


def _field(form: RoundForm, problem: Problem) -> DayField | SelectField:
    """Which field a refusal is about: a day if it names one, else the questions."""
    name = str(problem.details.get("field", "place" if problem.code == "round.place" else "survey"))
    found: DayField | SelectField = form[name]
    return found


def _within(session: Session, round_id: int) -> RoundView:
    """Problems `round.unknown` and `place.foreign`."""
    view = get_round(session, round_id, now())
    require_within(session, view.place_id)
    return view


def _words() -> dict[str, object]:
    return {"states": STATES, "state_kinds": STATE_KINDS, "kinds": KINDS}
