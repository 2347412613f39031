"""Issuing codes: find the place, say where the code hangs; or one for every station of a district."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.domain.accounts.role import Permission
from app.domain.codes.channel import Channel
from app.domain.codes.placement import EXPIRY_PAST, SPOT_LENGTH, SPOT_MISSING, SPOT_TOO_LONG
from app.domain.problem import Problem
from app.services.codes.placements import IssueRequest, issue_below, issue_placement, stations_below
from app.services.codes.print_orders import MOST_SHEETS
from app.services.places.queries import children_of, find_place
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.languages import reader_language
from app.web.office.codes.placements import why_unprintable
from app.web.office.codes.print_choice import runs_below
from app.web.office.days import DayField
from app.web.office.guard import open_to, require_within, signed_in
from app.web.office.places.choice import choose_place
from app.web.office.refusals import show_refusal
from app.web.office.surveys.choice import survey_choices


class RunForm(FlaskForm):  # type: ignore[misc]
    """What one poster and a whole district's have in common."""

    survey = SelectField(_l("Questions"), coerce=int)
    hung_at = StringField(
        _l("Where will it hang?"),
        [InputRequired(_l("Please say where it hangs, so that it can be found again.")), Length(max=4 * SPOT_LENGTH)],
        description=_l(
            "Printed on the sheet and shown to citizens, for example: main gate, ration shop, court. "
            "Where it is not a part of the station, the sheet asks about the station by its name."
        ),
    )
    expires_on = DayField(_l("Last day"), [Optional()], description=_l("Leave empty for no last day."))

    def request(self, channel: Channel) -> IssueRequest:
        return IssueRequest(
            survey_id=self.survey.data,
            channel=channel,
            hung_at=self.hung_at.data,
            key_id=context().settings.secrets.newest_key_id,
            actor_id=signed_in().id,
            expires_on=self.expires_on.data,
        )

    def show(self, problem: Problem) -> None:
        fields = {SPOT_MISSING: self.hung_at, SPOT_TOO_LONG: self.hung_at, EXPIRY_PAST: self.expires_on}
        show_refusal(self, problem, fields.get(problem.type))


class PlacementForm(RunForm):
    channel = RadioField(
        _l("What will be printed?"),
        choices=[
            SelectChoice(Channel.POSTER.value, _l("A poster with code and number")),
            SelectChoice(Channel.TYPED.value, _l("Only the number, for a paper of your own")),
        ],
        default=Channel.POSTER.value,
    )


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/new")
def find_for_placement() -> ResponseReturnValue:
    return choose_place("office/codes/placements/find.html")


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/new/<int:place_id>", "GET", "POST")
def issue_one(place_id: int) -> ResponseReturnValue:
    form = PlacementForm()
    with reading() as session:
        require_within(session, place_id)
        place = find_place(session, place_id)
        form.survey.choices = survey_choices(session)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = issue_placement(session, place_id, form.request(Channel(form.channel.data)), now=now())
        except Problem as problem:
            form.show(problem)
        else:
            flash(_("The code has been issued. Print it and hang it at: %(spot)s.", spot=made.hung_at), "good")
            return redirect(url_for("office.codes.show_placement", placement_id=made.id))
    return render_template(
        "office/codes/placements/issue.html", form=form, place=place
    ), 422 if form.is_submitted() else 200


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/below")
def choose_own() -> ResponseReturnValue:
    return redirect(url_for("office.codes.issue_many", place_id=signed_in().place_id))


@open_to(Permission.ISSUE_PLACEMENTS, "/placements/below/<int:place_id>", "GET", "POST")
def issue_many(place_id: int) -> ResponseReturnValue:
    form = RunForm()
    with reading() as session:
        require_within(session, place_id)
        form.survey.choices = survey_choices(session)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = issue_below(session, place_id, form.request(Channel.POSTER), now=now())
        except Problem as problem:
            form.show(problem)
        else:
            count = len(made.issued)
            flash(ngettext("%(num)d new code has been issued.", "%(num)d new codes have been issued.", count), "good")
            return redirect(url_for("office.codes.issue_many", place_id=place_id))
    with reading() as session:
        parts = children_of(session, place_id, today(), language=reader_language())
        page = render_template(
            "office/codes/placements/issue_below.html",
            form=form,
            place=find_place(session, place_id),
            parts=[part for part in parts if part.holds],
            stations=len(stations_below(session, place_id, today())),
            runs=runs_below(session, place_id),
            most=MOST_SHEETS,
            unprintable=why_unprintable(session),
        )
    return page, 422 if form.is_submitted() else 200
