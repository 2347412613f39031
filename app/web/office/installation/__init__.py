"""The department's own settings. For the office alone."""

from flask import Blueprint

from app.web.office.installation import department


def register_installation(office: Blueprint) -> None:
    subject = Blueprint("installation", __name__)
    department.add_routes(subject)
    office.register_blueprint(subject)
