"""Codes in the office: posters, links, counter screens, prints, and what patrols find. For the office alone."""

from flask import Blueprint

from app.web.office.codes import counter_screens, ending, issuing, links, placements, prints, share_kits, sightings


def register_codes(office: Blueprint) -> None:
    subject = Blueprint("codes", __name__)
    placements.add_routes(subject)
    issuing.add_routes(subject)
    ending.add_routes(subject)
    counter_screens.add_routes(subject)
    prints.add_routes(subject)
    sightings.add_routes(subject)
    links.add_routes(subject)
    share_kits.add_routes(subject)
    office.register_blueprint(subject)
