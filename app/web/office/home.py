"""The first page of the office: what this account can do."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.domain.accounts.role import Permission
from app.services.accounts.queries import describe_account
from app.transaction import reading
from app.web.office.guard import open_to, signed_in
from app.web.office.navigation import navigation


@open_to(Permission.OWN_ACCOUNT, "/")
def home() -> ResponseReturnValue:
    with reading() as session:
        account = describe_account(session, signed_in().id)
    return render_template("office/home.html", account=account, place=account.place, cards=navigation())
