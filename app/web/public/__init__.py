"""Citizens' pages: no cookie, no session, no account; a GET never changes anything."""

from flask import Blueprint, Flask

from app.web.public import codes

__all__ = ["register_public"]


def register_public(app: Flask) -> None:
    public = Blueprint("public", __name__)
    codes.add_routes(public)
    app.register_blueprint(public)
