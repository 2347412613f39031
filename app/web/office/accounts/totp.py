"""Setting up the authenticator app, and the recovery codes that come with it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.services.accounts.queries import describe_account
from app.services.accounts.second_factors import begin_enrolment, show_enrolment
from app.services.installation.department_queries import describe_department
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.accounts.second_factor import CodeForm
from app.web.office.guard import open_to, open_to_unfinished, signed_in
from app.workflows.sign_in import draw_recovery_codes, set_up_second_factor


@open_to(Permission.OWN_ACCOUNT, "/account/totp", "GET", "POST")
@open_to_unfinished
def set_up_totp() -> ResponseReturnValue:
    account_id, key = signed_in().id, context().settings.secrets.accounts
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        try:
            codes = set_up_second_factor(account_id, form.code.data, key=key, now=now())
            return render_template("office/accounts/own/recovery_codes.html", codes=codes)
        except Problem as problem:
            form.code.errors, status = [sentence_of(problem)], problem.status
    elif form.is_submitted():
        status = 422
    with reading() as session:
        issuer = describe_department(session).name.in_language("en")
        enrolment = show_enrolment(session, account_id, f"Samvad {issuer}".replace(":", ""), key)
        has_totp = describe_account(session, account_id).has_totp
    page = render_template(
        "office/accounts/own/totp.html",
        form=form,
        enrolment=enrolment,
        account_has_totp=has_totp,
        forced=signed_in().needs_totp,
    )
    return page, status


@open_to(Permission.OWN_ACCOUNT, "/account/totp/begin", "POST")
@open_to_unfinished
def begin_totp() -> ResponseReturnValue:
    with transaction() as session:
        begin_enrolment(session, signed_in().id, context().settings.secrets.accounts)
    return redirect(url_for("office.accounts.set_up_totp"), 303)


@open_to(Permission.OWN_ACCOUNT, "/account/recovery-codes", "GET", "POST")
def renew_codes() -> ResponseReturnValue:
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        try:
            key = context().settings.secrets.accounts
            codes = draw_recovery_codes(signed_in().id, form.code.data, key=key, now=now())
            return render_template("office/accounts/own/recovery_codes.html", codes=codes)
        except Problem as problem:
            form.code.errors, status = [sentence_of(problem)], problem.status
    elif form.is_submitted():
        status = 422
    return render_template("office/accounts/own/renew_codes.html", form=form), status
