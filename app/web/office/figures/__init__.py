"""Figures in the office: reports, live counts, exact figures. For the office alone."""

from flask import Blueprint

from app.web.office.figures import exact_figures, reports, tallies


def register_figures(office: Blueprint) -> None:
    subject = Blueprint("figures", __name__)
    reports.add_routes(subject)
    tallies.add_routes(subject)
    exact_figures.add_routes(subject)
    office.register_blueprint(subject)
