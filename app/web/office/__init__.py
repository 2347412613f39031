"""Staff pages: a session, CSRF on every post, and a guard that lets nothing through by accident."""

from flask import Blueprint, Flask

from app.web.office import guard, language, navigation


def register_office(app: Flask) -> None:
    office = Blueprint("office", __name__, url_prefix="/office")
    guard.register_guard(app, office)
    navigation.register_navigation(app)
    language.add_routes(office)
    app.register_blueprint(office)
