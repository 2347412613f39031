"""Places in the office. For the office alone."""

from flask import Blueprint

from app.web.office.places import changes, imports, places


def register_places(office: Blueprint) -> None:
    subject = Blueprint("places", __name__)
    places.add_routes(subject)
    changes.add_routes(subject)
    imports.add_routes(subject)
    office.register_blueprint(subject)
