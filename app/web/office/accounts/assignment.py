"""Give an account another post, role or place: an officer was promoted, or the account was made wrongly."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from app.domain.accounts.account import ACCOUNT_OWN, LAST_ADMINISTRATOR
from app.domain.accounts.role import Permission, Role
from app.domain.problem import Problem
from app.services.accounts.changes import reassign_account
from app.services.accounts.queries import AccountView
from app.services.places.queries import find_place
from app.transaction import reading, transaction
from app.web.context import now
from app.web.office.accounts.accounts import AccountForm, own_account, place_typed, show_beside_its_field
from app.web.office.accounts.role_names import role_name
from app.web.office.guard import open_to, signed_in
from app.web.office.refusals import show_refusal


class AssignmentForm(FlaskForm):  # type: ignore[misc]
    name = AccountForm.name
    role = AccountForm.role
    place = AccountForm.place


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/<int:account_id>/role", "GET", "POST")
def reassign(account_id: int) -> ResponseReturnValue:
    with reading() as session:
        account = own_account(session, account_id)
        form = _form_for(session, account)
    if account_id == signed_in().id:
        raise Problem(ACCOUNT_OWN)
    status = 200
    if form.validate_on_submit():
        try:
            return _reassign(account, form)
        except Problem as problem:
            status = problem.status
            if problem.type is LAST_ADMINISTRATOR:
                show_refusal(form, problem, form.role)
            else:
                show_beside_its_field(form, problem)
    elif form.is_submitted():
        status = 422
    return render_template("office/accounts/assignment.html", form=form, account=account), status


def _form_for(session: Session, account: AccountView) -> AssignmentForm:
    """What the account is now, unless something was posted."""
    code = find_place(session, account.place_id).code
    form = AssignmentForm(name=account.name, role=account.role.value, place=code)
    form.role.choices = [SelectChoice(role.value, role_name(role)) for role in Role]
    return form


def _reassign(account: AccountView, form: AssignmentForm) -> ResponseReturnValue:
    place = place_typed(form.place)
    if place is None:
        return render_template("office/accounts/assignment.html", form=form, account=account), 422
    with transaction() as session:
        own_account(session, account.id)
        reassign_account(session, account.id, form.name.data, Role(form.role.data), place.id, signed_in().id, now())
    flash(_("The account has been changed and its sessions ended."), "good")
    return redirect(url_for("office.accounts.show_account", account_id=account.id), 303)
