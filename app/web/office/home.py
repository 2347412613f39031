"""The first page of the office: what this account can do."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.accounts.role import Permission
from app.services.accounts.queries import describe_account
from app.transaction import reading
from app.web.office.guard import allowed, signed_in
from app.web.office.navigation import navigation


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/", view_func=home)


@allowed(Permission.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    with reading() as session:
        account = describe_account(session, signed_in().id)
    return render_template("office/home.html", account=account, place=account.place, cards=navigation())
