"""JSON for programs: the outbox of phones and tablets, and the description of it."""

from flask import Blueprint, Flask


def register_api(app: Flask) -> None:
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    app.register_blueprint(api)
