"""The audit chain in the office. For the office alone."""

from flask import Blueprint

from app.web.office.record import audit


def register_record(office: Blueprint) -> None:
    subject = Blueprint("record", __name__)
    audit.add_routes(subject)
    office.register_blueprint(subject)
