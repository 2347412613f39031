"""Slips and invitations, whose tokens stand behind a #. For citizens' pages alone."""

from flask import Blueprint

from app.web.public.slips import one_time


def register_slips(public: Blueprint) -> None:
    subject = Blueprint("slips", __name__)
    one_time.add_routes(subject)
    public.register_blueprint(subject)
