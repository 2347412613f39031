"""The second page of signing in: a code of the authenticator app, or a recovery code."""

from collections.abc import Callable

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.domain.problem import Problem
from app.services.accounts.second_factors import SIGN_IN_EXPIRED
from app.web.context import context, now
from app.web.errors import sentence_of
from app.web.office.accounts.sign_in import enter
from app.web.office.guard import ANYONE, open_to
from app.web.office.sessions import read_pending
from app.workflows.sign_in import pass_recovery_code, pass_second_factor


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField(_l("Code"), [InputRequired(_l("Write the code.")), Length(max=40)])


@open_to(ANYONE, "/second-factor", "GET", "POST")
def second_factor() -> ResponseReturnValue:
    return _ask("office/accounts/sign_in/second_factor.html", pass_second_factor)


@open_to(ANYONE, "/recovery-code", "GET", "POST")
def recovery_code() -> ResponseReturnValue:
    return _ask("office/accounts/sign_in/recovery_code.html", pass_recovery_code)


def _ask(template: str, let_in: Callable[..., int]) -> ResponseReturnValue:
    pending = read_pending()
    if pending is None or not pending.is_alive(now()):
        return redirect(url_for("office.accounts.sign_in"))
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        try:
            key = context().settings.secrets.accounts
            epoch = let_in(pending.account_id, pending.epoch, form.code.data, key=key, now=now())
            return enter(pending.account_id, epoch, pending.next)
        except Problem as problem:
            if problem.type is SIGN_IN_EXPIRED:
                return redirect(url_for("office.accounts.sign_in"), 303)
            form.code.errors = [sentence_of(problem)]
            status = problem.status
    elif form.is_submitted():
        status = 422
    return render_template(template, form=form), status
