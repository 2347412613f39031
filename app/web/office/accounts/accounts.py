"""Accounts of the department: find, create, disable, give a new password."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.domain.accounts.account import USERNAME_INVALID, USERNAME_TAKEN
from app.domain.accounts.role import Permission, Role
from app.domain.problem import Problem
from app.services.accounts.changes import (
    NewAccount,
    create_account,
    disable_account,
    enable_account,
    end_sessions,
    first_password,
    reset_password,
)
from app.services.accounts.queries import AccountView, describe_account, list_accounts
from app.services.places.queries import PlaceLine, search_places
from app.transaction import reading, transaction
from app.web.context import now, today
from app.web.errors import sentence_of
from app.web.languages import reader_language
from app.web.office.accounts.role_names import role_name
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in
from app.web.office.refusals import show_refusal

_CANDIDATES = 8


class AccountForm(FlaskForm):  # type: ignore[misc]
    username = StringField(
        _l("User name"),
        [InputRequired(_l("Write a user name.")), Length(max=40)],
        description=_l("Small letters a to z, digits, dots and hyphens, such as sho.kotwali"),
    )
    name = StringField(
        _l("Post"),
        [InputRequired(_l("Write the name of the post.")), Length(max=120)],
        description=_l("The post, not the person: it stays when the officer is transferred."),
    )
    role = RadioField(_l("What may this account do?"), [InputRequired(_l("Choose what this account may do."))])
    place = StringField(
        _l("Place"),
        [InputRequired(_l("Write a place.")), Length(max=200)],
        description=_l("Name or code. The account sees this place and what lies below it."),
    )
    language = SelectField(
        _l("Language"), [InputRequired()], choices=[SelectChoice("hi", "हिन्दी"), SelectChoice("en", "English")]
    )


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts")
def show_accounts() -> ResponseReturnValue:
    text, role = request.args.get("q", ""), request.args.get("role", "")
    page = request.args.get("page", 1, type=int)
    with reading() as session:
        wanted = Role(role) if role in set(Role) else None
        found = list_accounts(session, own_place_ids(session), text=text, role=wanted, page=page)
    return render_template("office/accounts/accounts.html", found=found, text=text, role=role, roles=tuple(Role))


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/new", "GET", "POST")
def new_account() -> ResponseReturnValue:
    form, status = AccountForm(place=request.args.get("place", ""), language=reader_language()), 200
    form.role.choices = [SelectChoice(role.value, role_name(role)) for role in Role]
    if form.validate_on_submit():
        try:
            return _create(form)
        except Problem as problem:
            show_beside_its_field(form, problem)
            status = problem.status
    elif form.is_submitted():
        status = 422
    return render_template("office/accounts/new.html", form=form), status


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/<int:account_id>")
def show_account(account_id: int) -> ResponseReturnValue:
    with reading() as session:
        account = own_account(session, account_id)
    return render_template("office/accounts/account.html", account=account)


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/<int:account_id>/password", "POST")
def give_new_password(account_id: int) -> ResponseReturnValue:
    password, password_hash = first_password()
    with transaction() as session:
        account = own_account(session, account_id)
        reset_password(session, account_id, password_hash, signed_in().id, now())
    return render_template("office/accounts/password.html", account=account, password=password, created=False)


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/<int:account_id>/disable", "POST")
def disable(account_id: int) -> ResponseReturnValue:
    return _do(disable_account, account_id, _("The account has been disabled and its sessions ended."))


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/<int:account_id>/enable", "POST")
def enable(account_id: int) -> ResponseReturnValue:
    return _do(enable_account, account_id, _("The account can sign in again."))


@open_to(Permission.MANAGE_ACCOUNTS, "/accounts/<int:account_id>/end-sessions", "POST")
def end_all(account_id: int) -> ResponseReturnValue:
    return _do(end_sessions, account_id, _("Every session of this account has been ended."))


def _do(service: Callable[..., object], account_id: int, done: str) -> ResponseReturnValue:
    with transaction() as session:
        own_account(session, account_id)
        try:
            service(session, account_id, signed_in().id, now())
            kind, text = "good", done
        except Problem as problem:
            kind, text = "bad", sentence_of(problem)
    flash(text, kind)
    return redirect(url_for("office.accounts.show_account", account_id=account_id), 303)


def own_account(session: Session, account_id: int) -> AccountView:
    """The account, if it belongs to a place of the reader's."""
    account = describe_account(session, account_id)
    require_within(session, account.place_id)
    return account


def _create(form: AccountForm) -> ResponseReturnValue:
    place = place_typed(form.place)
    if place is None:
        return render_template("office/accounts/new.html", form=form), 422
    password, password_hash = first_password()
    new = NewAccount(form.username.data, form.name.data, Role(form.role.data), place.id, form.language.data)
    with transaction() as session:
        account_id = create_account(session, new, password_hash, signed_in().id, now())
        account = describe_account(session, account_id)
    return render_template("office/accounts/password.html", account=account, password=password, created=True)


def place_typed(field: StringField) -> PlaceLine | None:
    """The one place of the reader's that a field names; if there is none or several, the field says so."""
    with reading() as session:
        own = own_place_ids(session)
        lines = search_places(session, field.data, own, on=today(), language=reader_language(), limit=_CANDIDATES)
    place = _the_one(lines, field.data)
    if place is None:
        field.errors = [*field.errors, _which(lines)]
    return place


def _the_one(lines: tuple[PlaceLine, ...], text: str) -> PlaceLine | None:
    """The only match, or the one whose code was typed."""
    by_code = [line for line in lines if line.code.casefold() == text.strip().casefold()]
    found = by_code or list(lines)
    return found[0] if len(found) == 1 else None


def _which(lines: tuple[PlaceLine, ...]) -> str:
    if not lines:
        return str(_("There is no such place among yours."))
    language = reader_language()
    named = [
        f"{line.name.in_language(language)}"
        + (f" ({line.within[0].in_language(language)})" if line.within else "")
        + f": {line.code}"
        for line in lines
    ]
    return str(_("Several places fit. Write the code: %(places)s", places="; ".join(named)))


def show_beside_its_field(form: FlaskForm, problem: Problem) -> None:
    if problem.type in (USERNAME_INVALID, USERNAME_TAKEN):
        field = form.username
    elif problem.code == "account.role_place":
        field = form.place
    else:
        field = form.name
    show_refusal(form, problem, field)
