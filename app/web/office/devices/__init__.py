"""Devices in the office. For the office alone."""

from flask import Blueprint

from app.web.office.devices import devices


def register_devices(office: Blueprint) -> None:
    subject = Blueprint("devices", __name__)
    devices.add_routes(subject)
    office.register_blueprint(subject)
