"""How far down results are public, and from which day: decided by headquarters, and shown to everybody."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from app.domain.accounts.role import Permission
from app.domain.installation.public_results import Depth
from app.domain.problem import Problem
from app.services.installation.public_results import decide_public_results, decisions
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.office.days import DayField
from app.web.office.guard import open_to, signed_in
from app.web.office.refusals import show_refusal

DEPTH_WORDS = {
    Depth.NONE: _l("Nobody but the department"),
    Depth.STATE: _l("Everybody, of the state as a whole"),
    Depth.DISTRICT: _l("Everybody, down to districts"),
    Depth.STATION: _l("Everybody, down to stations"),
}


class PublicResultsForm(FlaskForm):  # type: ignore[misc]
    depth = RadioField(
        _l("Down to which places?"), choices=[SelectChoice(one.value, words) for one, words in DEPTH_WORDS.items()]
    )
    from_on = DayField(
        _l("From which day on?"),
        [InputRequired(_l("Please say from which day on."))],
        description=_l("Everybody can see each decision and its day."),
    )


@open_to(Permission.MANAGE_DEPARTMENT, "/department/results", "GET", "POST")
def open_results() -> ResponseReturnValue:
    with reading() as session:
        history = decisions(session)
    depth = history[0].depth if history else Depth.NONE
    form = PublicResultsForm(data={"depth": depth.value, "from_on": today()})
    if form.validate_on_submit():
        try:
            with transaction() as session:
                decide_public_results(session, Depth(form.depth.data), form.from_on.data, signed_in().id, now())
        except Problem as problem:
            show_refusal(form, problem, form.from_on)
        else:
            flash(_("Decided. Everybody can see it at /r."), "good")
            return redirect(url_for("office.installation.open_results"), 303)
    page = render_template("office/installation/results.html", form=form, history=history, words=DEPTH_WORDS)
    return page, 422 if form.is_submitted() else 200
