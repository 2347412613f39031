"""The pages of enrolled tablets and interviewers' phones. For citizens' pages alone."""

from flask import Blueprint

from app.web.public.devices import kiosk


def register_devices(public: Blueprint) -> None:
    subject = Blueprint("devices", __name__)
    kiosk.add_routes(subject)
    public.register_blueprint(subject)
