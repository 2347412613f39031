"""Taking a code down, and declaring it unsafe; each asks first, and can be undone where that is honest."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from app.domain.accounts.role import Permission
from app.domain.codes.number import show_number
from app.domain.codes.placement import PlacementView
from app.domain.problem import Problem
from app.services.codes.placements import (
    mark_compromised,
    replace_placement,
    retire_placement,
    undo_compromised,
    undo_retire,
)
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.errors import sentence_of
from app.web.office.codes.placements import placement_within, why_not_ended_here
from app.web.office.days import DayField
from app.web.office.guard import open_to, signed_in
from app.web.office.refusals import show_refusal


class CompromisedForm(FlaskForm):  # type: ignore[misc]
    since = DayField(_l("Not safe since"), [InputRequired(_l("Write the day, as year-month-day."))])


@open_to(Permission.REVOKE_PLACEMENTS, "/placements/<drawn:placement_id>/retire", "GET", "POST")
def retire(placement_id: int) -> ResponseReturnValue:
    placement, form = _placement(placement_id), FlaskForm()
    if not form.validate_on_submit():
        return render_template("office/codes/placements/retire.html", placement=placement, show_number=show_number)
    with transaction() as session:
        retire_placement(session, placement_id, actor_id=signed_in().id, now=now())
    flash(_("The code has been taken down. Please take the paper off the wall too."), "good")
    return _back(placement_id)


@open_to(Permission.REVOKE_PLACEMENTS, "/placements/<drawn:placement_id>/replace", "GET", "POST")
def replace(placement_id: int) -> ResponseReturnValue:
    """For paper that is torn, or whose code was seen elsewhere: the old one ends where the new one begins."""
    placement, form, refusal = _placement(placement_id), FlaskForm(), ""
    if form.validate_on_submit():
        try:
            with transaction() as session:
                made = replace_placement(
                    session,
                    placement_id,
                    key_id=context().settings.secrets.newest_key_id,
                    actor_id=signed_in().id,
                    now=now(),
                )
        except Problem as problem:
            refusal = sentence_of(problem)
        else:
            flash(_("The new code is issued. Print it, and take the old paper off the wall."), "good")
            return _back(made.id)
    page = render_template(
        "office/codes/placements/replace.html", placement=placement, refusal=refusal, show_number=show_number
    )
    return page, 409 if refusal else 200


@open_to(Permission.REVOKE_PLACEMENTS, "/placements/<drawn:placement_id>/compromised", "GET", "POST")
def declare_unsafe(placement_id: int) -> ResponseReturnValue:
    placement, form = _placement(placement_id), CompromisedForm(since=today())
    if form.validate_on_submit():
        try:
            with transaction() as session:
                mark_compromised(session, placement_id, form.since.data, actor_id=signed_in().id, now=now())
        except Problem as problem:
            show_refusal(form, problem, form.since)
        else:
            flash(_("Answers through this code are set aside from that day on."), "good")
            return _back(placement_id)
    page = render_template(
        "office/codes/placements/compromised.html", placement=placement, form=form, show_number=show_number
    )
    return page, 422 if form.is_submitted() else 200


@open_to(Permission.REVOKE_PLACEMENTS, "/placements/<drawn:placement_id>/undo-retire", "POST")
def put_back(placement_id: int) -> ResponseReturnValue:
    _placement(placement_id)
    with transaction() as session:
        undo_retire(session, placement_id, actor_id=signed_in().id, now=now())
    flash(_("The code is active again. Answers that came in between stay set aside."), "good")
    return _back(placement_id)


@open_to(Permission.REVOKE_PLACEMENTS, "/placements/<drawn:placement_id>/undo-compromised", "POST")
def clear_unsafe(placement_id: int) -> ResponseReturnValue:
    _placement(placement_id)
    with transaction() as session:
        undo_compromised(session, placement_id, actor_id=signed_in().id, now=now())
    flash(_("The mark “not safe” has been withdrawn. Answers that came in between stay set aside."), "good")
    return _back(placement_id)


def _placement(placement_id: int) -> PlacementView:
    """Problem `placement.ended_elsewhere` for what ends with a batch or a device, `screen.station` for a station."""
    with reading() as session:
        placement = placement_within(session, placement_id)
        if refusal := why_not_ended_here(session, placement):
            raise Problem(refusal)
    return placement


def _back(placement_id: int) -> ResponseReturnValue:
    return redirect(url_for("office.codes.show_placement", placement_id=placement_id))
