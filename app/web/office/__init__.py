"""Staff pages: a session, CSRF on every post, and a guard that lets nothing through by accident. For `app/web`
alone.

A subject is a folder and a blueprint of its own, so that an endpoint says where its view stands:
`office.places.move` is `move` in one of the files of `places/`.
"""

from flask import Blueprint, Flask

from app.web.office import (
    accounts,
    codes,
    devices,
    figures,
    guard,
    home,
    installation,
    language,
    navigation,
    places,
    record,
    responses,
    slips,
    surveys,
)
from app.web.office.accounts.role_names import register_role_names

SUBJECTS = (accounts, figures, places, codes, slips, devices, responses, surveys, installation, record)


def register_office(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix="/office")
    guard.register_guard(app, office)
    navigation.register_navigation(app)
    register_role_names(app)
    home.add_routes(office)
    language.add_routes(office)
    for folder in SUBJECTS:
        subject = Blueprint(folder.__name__.rpartition(".")[2], folder.__name__)
        for view in folder.VIEWS:
            view.add_routes(subject)
        office.register_blueprint(subject)
    app.register_blueprint(office)
