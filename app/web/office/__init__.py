"""Staff pages: a session, CSRF on every post, and a guard that lets nothing through by accident."""

from flask import Blueprint, Flask

from app.web.office import guard, home, language, navigation, reports, sign_in, tallies


def register_office(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix="/office")
    guard.register_guard(app, office)
    navigation.register_navigation(app)
    sign_in.add_routes(office)
    home.add_routes(office)
    language.add_routes(office)
    reports.add_routes(office)
    tallies.add_routes(office)
    app.register_blueprint(office)
