"""Staff pages: a session, CSRF on every post, and a guard that lets nothing through by accident. For `app/web`
alone.
"""

from flask import Blueprint, Flask

from app.web.office import (
    accounts,
    codes,
    devices,
    dialogue,
    draws,
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
from app.web.office.installation.quiet_banner import register_quiet_banner
from app.web.office.places.places import group_name, kind_name
from app.web.views import add_subjects, add_views

SUBJECTS = (accounts, figures, dialogue, places, codes, slips, draws, devices, responses, surveys, installation, record)


def register_office(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix="/office")
    guard.register_guard(app, office)
    navigation.register_navigation(app)
    register_quiet_banner(app)
    register_role_names(app)
    app.add_template_filter(kind_name, "place_kind")
    app.add_template_filter(group_name, "place_group")
    add_views(office, home)
    add_views(office, language)
    add_subjects(office, SUBJECTS)
    app.register_blueprint(office)
