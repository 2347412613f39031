"""Answers that come in by file. For the office alone."""

from flask import Blueprint

from app.web.office.responses import imports


def register_responses(office: Blueprint) -> None:
    subject = Blueprint("responses", __name__)
    imports.add_routes(subject)
    office.register_blueprint(subject)
