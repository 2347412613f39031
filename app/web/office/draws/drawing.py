"""Drawing from a closed list, and the cases that were drawn for interviews."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.documents.slip_tables import write_cases_csv
from app.domain.accounts.role import Permission
from app.domain.codes.channel import Evidence
from app.domain.draws.draw import BEACON_UNREADABLE, DICE_SIGN, DICE_UNREADABLE
from app.domain.problem import Problem
from app.services.draws.draws import drawn_cases
from app.transaction import reading
from app.web.context import now
from app.web.office.downloads import CSV, attachment
from app.web.office.draws.case_lists import SeedForm, keeps_record, list_page, list_within
from app.web.office.guard import open_to, signed_in
from app.web.office.refusals import show_refusal
from app.workflows.links.draws import draw_from_list


@open_to(Permission.MANAGE_DRAWS, "/draws/<int:list_id>/draw", "POST")
def draw(list_id: int) -> ResponseReturnValue:
    with reading() as session:
        list_within(session, list_id)
    form = SeedForm()
    if not form.validate():
        return list_page(list_id, form), 422
    try:
        draw_from_list(list_id, form.seed.data, keeps_record=keeps_record(), actor_id=signed_in().id, now=now())
    except Problem as problem:
        if problem.type not in (DICE_UNREADABLE, DICE_SIGN, BEACON_UNREADABLE):
            raise
        show_refusal(form, problem, form.seed)
        return list_page(list_id, form), problem.status
    flash(_("Drawn. Anybody can make this draw anew from its seed."), "good")
    return redirect(url_for("office.draws.show_list", list_id=list_id), 303)


@open_to(Permission.MANAGE_DRAWS, "/draws/<int:list_id>/drawn.csv")
def download_drawn(list_id: int) -> Response:
    """For interviewers alone: of invitations it would tell which are decoys."""
    with reading() as session:
        if list_within(session, list_id).evidence is not Evidence.SAMPLED:
            abort(404)
        drawn = drawn_cases(session, list_id)
    return attachment(write_cases_csv(digest.hex() for digest in drawn), f"drawn-{list_id}.csv", CSV)
