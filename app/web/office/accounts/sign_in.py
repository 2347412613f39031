"""Signing in and out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.services.accounts.sign_in import Admitted, NextStep, end_one_session
from app.transaction import transaction
from app.web.context import context, now
from app.web.errors import sentence_of, wait_of
from app.web.office.accounts.known_browser import read_known_browser, remember_browser
from app.web.office.guard import ANYONE, open_to, open_to_unfinished, signed_in_or_none
from app.web.office.return_path import own_path
from app.web.office.sessions import await_second_factor, end_session, read_claim, start_session
from app.workflows.sign_in import admit


class SignInForm(FlaskForm):  # type: ignore[misc]
    username = StringField(_l("User name"), [InputRequired(_l("Write your user name.")), Length(max=200)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password.")), Length(max=400)])
    next = HiddenField()


@open_to(ANYONE, "/sign-in", "GET", "POST")
def sign_in() -> ResponseReturnValue:
    if signed_in_or_none() is not None and request.method == "GET":
        return redirect(own_path(request.args.get("next")))
    form = SignInForm(next=request.args.get("next", ""))
    status, headers = 200, {}
    if form.validate_on_submit():
        try:
            return _go_on(_admit(form), own_path(form.next.data))
        except Problem as problem:
            form.form_errors.append(sentence_of(problem))
            status, headers = problem.status, wait_of(problem)
    elif form.is_submitted():
        status = 422
    return render_template("office/accounts/sign_in/sign_in.html", form=form), status, headers


@open_to(Permission.OWN_ACCOUNT, "/sign-out", "POST")
@open_to_unfinished
def sign_out() -> ResponseReturnValue:
    claim = read_claim()
    if claim is not None:
        with transaction() as session:
            end_one_session(session, claim, now())
    end_session()
    return redirect(url_for("office.accounts.sign_in"), 303)


def _admit(form: SignInForm) -> Admitted:
    return admit(
        form.username.data,
        form.password.data,
        address=request.remote_addr or "",
        browser=read_known_browser(),
        key=context().settings.secrets.accounts,
        now=now(),
    )


def _go_on(admitted: Admitted, next_path: str) -> ResponseReturnValue:
    if admitted.next_step is NextStep.SECOND_FACTOR:
        await_second_factor(admitted.account_id, admitted.epoch, next_path, now())
        return redirect(url_for("office.accounts.second_factor"), 303)
    return enter(admitted.account_id, admitted.epoch, next_path)


def enter(account_id: int, epoch: int, next_path: str) -> ResponseReturnValue:
    """Begin the session, and know this browser again."""
    start_session(account_id, epoch, now())
    response = redirect(next_path, 303)
    remember_browser(response, account_id)
    return response
