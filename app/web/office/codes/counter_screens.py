"""Counter screens: a placement each, set up with a code from here, and ended alone."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.codes.counter_screen import SCREEN_STATION, ScreenState, ScreenView
from app.domain.codes.number import show_number
from app.domain.codes.placement import SPOT_LENGTH
from app.domain.devices.device import show_device_code
from app.domain.problem import Problem
from app.services.codes.counter_screens import add_screen, end_screen, get_screen, give_screen_code, list_screens
from app.services.places.queries import find_place
from app.services.surveys.titles import titles_of
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.codes.issuing import RunForm
from app.web.office.codes.placements import why_unpublished
from app.web.office.guard import (
    is_above_station,
    open_to,
    own_place_ids,
    require_above_station,
    require_within,
    signed_in,
)
from app.web.office.places.choice import choose_place
from app.web.office.surveys.choice import survey_choices

STATE_WORDS = {
    ScreenState.WAITING: _l("Waiting to be set up"),
    ScreenState.ACTIVE: _l("In use"),
    ScreenState.SILENT: _l("Without network"),
    ScreenState.EMPTY: _l("No codes left"),
    ScreenState.ENDED: _l("Ended"),
}
#: the kind of tag; the word beside it carries the meaning
STATE_KINDS = {
    ScreenState.WAITING: "warning",
    ScreenState.ACTIVE: "good",
    ScreenState.SILENT: "warning",
    ScreenState.EMPTY: "bad",
    ScreenState.ENDED: "info",
}
WORDS = {"states": STATE_WORDS, "state_kinds": STATE_KINDS, "show_number": show_number}


class ScreenForm(RunForm):
    """The last day is not asked for: a screen that is not needed any more is ended."""

    hung_at = StringField(
        _l("Where does it stand?"),
        [InputRequired(_l("Please say where it stands, so that it can be found again.")), Length(max=4 * SPOT_LENGTH)],
        description=_l("Shown on the screen and to citizens, for example: help desk, counter 2."),
    )


@open_to(Permission.ISSUE_PLACEMENTS, "/screens")
def show_screens() -> ResponseReturnValue:
    with reading() as session:
        wanted = request.args.get("page", 1, type=int)
        found = list_screens(session, own_place_ids(session), now=now(), language=reader_language(), page=wanted)
        may_manage = is_above_station(session)
        surveys = titles_of(session, {one.placement.survey_id for one in found.rows})
    shown = {"found": found, "may_manage": may_manage, "surveys": surveys}
    return render_template("office/codes/counter_screens/register.html", **shown, **WORDS)


@open_to(Permission.ISSUE_PLACEMENTS, "/screens/new")
def find_for_screen() -> ResponseReturnValue:
    with reading() as session:
        require_above_station(session, SCREEN_STATION)
    return choose_place("office/codes/counter_screens/find.html")


@open_to(Permission.ISSUE_PLACEMENTS, "/screens/new/<int:place_id>", "GET", "POST")
def add_one_screen(place_id: int) -> ResponseReturnValue:
    form = ScreenForm()
    with reading() as session:
        require_above_station(session, SCREEN_STATION)
        require_within(session, place_id)
        place = find_place(session, place_id)
        form.survey.choices = survey_choices(session)
        unprintable = why_unpublished(session)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = add_screen(session, place_id, form.request(Channel.COUNTER), now=now())
        except Problem as problem:
            form.show(problem)
        else:
            flash(_("The screen is in the register. Set it up where it will stand."), "good")
            return redirect(url_for("office.codes.show_screen", placement_id=made.id))
    return render_template(
        "office/codes/counter_screens/add.html", form=form, place=place, unprintable=unprintable
    ), 422 if form.is_submitted() else 200


@open_to(Permission.ISSUE_PLACEMENTS, "/screens/<drawn:placement_id>")
def show_screen(placement_id: int) -> ResponseReturnValue:
    with reading() as session:
        screen = screen_within(session, placement_id)
        unprintable = why_unpublished(session)
        may_manage = is_above_station(session)
        surveys = titles_of(session, {screen.placement.survey_id})
    return render_template(
        "office/codes/counter_screens/screen.html",
        screen=screen,
        surveys=surveys,
        may_manage=may_manage,
        may_end=may_manage and signed_in().may(Permission.REVOKE_PLACEMENTS),
        unprintable=unprintable,
        **WORDS,
    )


@open_to(Permission.ISSUE_PLACEMENTS, "/screens/<drawn:placement_id>/code", "POST")
def show_screen_code(placement_id: int) -> ResponseReturnValue:
    """A new code each time: it stands in no address, and loading the page again makes another."""
    try:
        with transaction() as session:
            require_above_station(session, SCREEN_STATION)
            screen = screen_within(session, placement_id)
            given = give_screen_code(session, placement_id, actor_id=signed_in().id, now=now())
    except Problem as problem:
        if problem.status != 410:
            raise
        flash(sentence_of(problem), "bad")
        return redirect(url_for("office.codes.show_screen", placement_id=placement_id))
    return render_template(
        "office/codes/counter_screens/code.html",
        screen=screen,
        code=show_device_code(given.code),
        expires_at=given.expires_at,
        address=f"{context().settings.address}/c",
    )


@open_to(Permission.REVOKE_PLACEMENTS, "/screens/<drawn:placement_id>/end", "GET", "POST")
def end_one_screen(placement_id: int) -> ResponseReturnValue:
    form = FlaskForm()
    with reading() as session:
        require_above_station(session, SCREEN_STATION)
        screen = screen_within(session, placement_id)
    if not form.validate_on_submit():
        return render_template("office/codes/counter_screens/end.html", screen=screen)
    try:
        with transaction() as session:
            end_screen(session, placement_id, actor_id=signed_in().id, now=now())
    except Problem as problem:
        flash(sentence_of(problem), "bad")
    else:
        flash(_("The screen has been ended. Its codes do not work any more."), "good")
    return redirect(url_for("office.codes.show_screen", placement_id=placement_id))


def screen_within(session: Session, placement_id: int) -> ScreenView:
    """Problem `screen.not_found`, or `place.foreign` if it does not stand at a place of this account."""
    screen = get_screen(session, placement_id, now=now())
    require_within(session, screen.placement.place_id)
    return screen
