"""Slips and invitations in the office. For the office alone."""

from flask import Blueprint

from app.web.office.slips import case_imports, files, making, register, slip_batches


def register_slips(office: Blueprint) -> None:
    subject = Blueprint("slips", __name__)
    slip_batches.add_routes(subject)
    register.add_routes(subject)
    case_imports.add_routes(subject)
    making.add_routes(subject)
    files.add_routes(subject)
    office.register_blueprint(subject)
