"""The invitations of a draw: made once, and handed out for an hour to whoever made them."""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.documents.slip_tables import write_cases_csv, write_invitations_csv
from app.domain.accounts.role import Permission
from app.domain.codes.placement import EXPIRY_PAST
from app.domain.draws.draw import INVITED_ALREADY, NOT_DRAWN
from app.domain.draws.invitation import Invitation
from app.domain.problem import Problem
from app.services.draws.invitations import InvitationOrder
from app.transaction import reading
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.downloads import CSV, attachment
from app.web.office.draws.case_lists import InvitationForm, list_page, list_within
from app.web.office.guard import open_to, signed_in
from app.web.office.refusals import show_refusal
from app.web.office.surveys.choice import survey_choices
from app.workflows.links.draws import make_held_invitations, take_held_invitations


@open_to(Permission.MANAGE_DRAWS, "/draws/<int:list_id>/invitations", "POST")
def invite(list_id: int) -> ResponseReturnValue:
    form = InvitationForm()
    with reading() as session:
        list_within(session, list_id)
        form.survey.choices = survey_choices(session)
    if not form.validate():
        return list_page(list_id, form), 422
    order = InvitationOrder(
        list_id=list_id,
        survey_id=form.survey.data,
        expires_on=form.expires_on.data,
        key_id=context().settings.secrets.newest_key_id,
        actor_id=signed_in().id,
    )
    try:
        make_held_invitations(
            order,
            owner=signed_in().id,
            instance=context().settings.instance,
            address=context().settings.address,
            signer=context().tokens,
            codes=context().codes,
            now=now(),
        )
    except Problem as problem:
        if problem.type is INVITED_ALREADY:
            # Clicked twice: the links are still there for whoever made them.
            flash(sentence_of(problem), "info")
            return redirect(url_for("office.draws.show_list", list_id=list_id), 303)
        if problem.type is not EXPIRY_PAST:
            raise
        show_refusal(form, problem, form.expires_on)
        return list_page(list_id, form), problem.status
    flash(_("The invitations are made. Take both files now: after an hour nobody can get them again."), "good")
    return redirect(url_for("office.draws.show_list", list_id=list_id), 303)


@open_to(Permission.MANAGE_DRAWS, "/draws/<int:list_id>/<token>/invitations.csv")
def download_invitations(list_id: int, token: str) -> Response:
    return attachment(write_invitations_csv(_made(list_id, token)), f"invitations-{list_id}.csv", CSV)


@open_to(Permission.MANAGE_DRAWS, "/draws/<int:list_id>/<token>/decoys.csv")
def download_decoys(list_id: int, token: str) -> Response:
    """For whoever joins the telephone numbers, and not for whoever sends."""
    decoys = (one.case for one in _made(list_id, token) if one.slip.is_decoy)
    return attachment(write_cases_csv(decoys), f"decoys-{list_id}.csv", CSV)


def _made(list_id: int, token: str) -> tuple[Invitation, ...]:
    with reading() as session:
        batch_id = list_within(session, list_id).batch_id
    if batch_id is None:
        raise Problem(NOT_DRAWN)
    return take_held_invitations(
        batch_id,
        token,
        owner=signed_in().id,
        instance=context().settings.instance,
        codes=context().codes,
        now=now(),
    )
