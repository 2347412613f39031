"""Questionnaires in the office. For the office alone."""

from flask import Blueprint

from app.web.office.surveys import quotas, recordings, surveys


def register_surveys(office: Blueprint) -> None:
    subject = Blueprint("surveys", __name__)
    surveys.add_routes(subject)
    recordings.add_routes(subject)
    quotas.add_routes(subject)
    office.register_blueprint(subject)
