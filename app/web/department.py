"""Whose pages these are, for every template."""

from urllib.parse import urlencode

from flask import Flask, g, request
from sqlalchemy.orm import Session

from app.domain.installation.department_view import DepartmentView
from app.services.installation.department_queries import describe_department
from app.transaction import reading


def register_department(app: Flask) -> None:
    app.jinja_env.globals.update(department=current_department, same_query=same_query)


def current_department(session: Session | None = None) -> DepartmentView:
    """The department, read once a request; in this session if the request has one open."""
    if "department" not in g:
        if session is not None:
            g.department = describe_department(session)
        else:
            with reading() as session:
                g.department = describe_department(session)
    found: DepartmentView = g.department
    return found


def same_query(**changed: str) -> str:
    """This request's query string with some values changed, such as the language."""
    return urlencode({**request.args.to_dict(), **changed})
