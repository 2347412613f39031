"""Staff pages: a session, CSRF on every post, and a guard that lets nothing through by accident. For `app/web`
alone.

A subject is a folder and a blueprint of its own, so that an endpoint says where its view stands:
`office.places.move` is `move` in one of the files of `places/`.
"""

from flask import Blueprint, Flask

from app.web.office import guard, home, language, navigation
from app.web.office.accounts import register_accounts
from app.web.office.accounts.role_names import register_role_names
from app.web.office.codes import register_codes
from app.web.office.devices import register_devices
from app.web.office.figures import register_figures
from app.web.office.installation import register_installation
from app.web.office.places import register_places
from app.web.office.record import register_record
from app.web.office.responses import register_responses
from app.web.office.slips import register_slips
from app.web.office.surveys import register_surveys


def register_office(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix="/office")
    guard.register_guard(app, office)
    navigation.register_navigation(app)
    register_role_names(app)
    home.add_routes(office)
    language.add_routes(office)
    register_accounts(office)
    register_figures(office)
    register_places(office)
    register_codes(office)
    register_slips(office)
    register_devices(office)
    register_responses(office)
    register_surveys(office)
    register_installation(office)
    register_record(office)
    app.register_blueprint(office)
