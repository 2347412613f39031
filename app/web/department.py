"""Whose pages these are, for every template."""

from urllib.parse import urlencode

from flask import Flask, g, request

from app.services.departments import DepartmentView, describe_department
from app.transaction import reading


def register_department(app: Flask) -> None:
    app.jinja_env.globals.update(department=current_department, same_query=same_query)


def current_department() -> DepartmentView:
    """The department, read once a request."""
    if "department" not in g:
        with reading() as session:
            g.department = describe_department(session)
    found: DepartmentView = g.department
    return found


def same_query(**changed: str) -> str:
    """This request's query string with some values changed, such as the language."""
    return urlencode({**request.args.to_dict(), **changed})
