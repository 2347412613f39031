"""What everybody may do with the own account: change the password, end all sessions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.services.accounts.changes import end_sessions
from app.services.accounts.queries import describe_account
from app.services.accounts.sign_in import SIGN_IN_REFUSED
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.guard import open_to, open_to_unfinished, signed_in
from app.web.office.sessions import renew_session
from app.workflows.sign_in import replace_password


class PasswordForm(FlaskForm):  # type: ignore[misc]
    #: hidden by the style of no page, so that a password store knows whose password this is
    username = StringField(_l("User name"), render_kw={"readonly": True})
    old = PasswordField(_l("Present password"), [InputRequired(_l("Write your present password.")), Length(max=400)])
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Write a new password.")), Length(max=400)],
        description=_l("At least 12 characters. Several words in a row are easy to remember."),
    )
    again = PasswordField(
        _l("New password once more"),
        [InputRequired(_l("Write the new password once more.")), EqualTo("new", _l("The two are not the same."))],
    )


@open_to(Permission.OWN_ACCOUNT, "/account")
def show_own_account() -> ResponseReturnValue:
    with reading() as session:
        account = describe_account(session, signed_in().id)
    return render_template("office/accounts/own/account.html", account=account)


@open_to(Permission.OWN_ACCOUNT, "/account/password", "GET", "POST")
@open_to_unfinished
def change_own_password() -> ResponseReturnValue:
    form, status = PasswordForm(), 200
    form.username.data = signed_in().username
    if form.validate_on_submit():
        try:
            key = context().settings.secrets.accounts
            renew_session(replace_password(signed_in(), form.old.data, form.new.data, key=key, now=now()))
        except Problem as problem:
            status = problem.status
            field = form.new if problem.code.startswith("password.") else form.old
            refused = problem.type is SIGN_IN_REFUSED
            sentence = _("The present password is not right.") if refused else sentence_of(problem)
            field.errors = [*field.errors, sentence]
        else:
            flash(_("The password has been changed. Every other session has been ended."), "good")
            return redirect(url_for("office.home"), 303)
    elif form.is_submitted():
        status = 422
    return render_template(
        "office/accounts/own/password.html", form=form, forced=signed_in().must_change_password
    ), status


@open_to(Permission.OWN_ACCOUNT, "/account/end-sessions", "POST")
def end_own_sessions() -> ResponseReturnValue:
    with transaction() as session:
        epoch = end_sessions(session, signed_in().id, signed_in().id, now())
    renew_session(epoch)
    flash(_("Every other session of your account has been ended."), "good")
    return redirect(url_for("office.accounts.show_own_account"), 303)
