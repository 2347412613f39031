"""The first page of the office: what this account can do."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.role import Permission
from app.web.office.guard import allowed


def add_routes(office: Blueprint) -> None:
    office.add_url_rule("/", "home", home)


@allowed(Permission.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    return render_template("office/home/home.html")
