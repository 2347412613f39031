"""Citizens' pages: no cookie, no session, no account; a GET never changes anything."""

from flask import Blueprint, Flask

from app.web.public import about, cards, code_checks, codes, counter_screen, kiosk, numbers, one_time, worker

__all__ = ["register_public"]

#: where "Leave" leads: a page that anyone might have open
NEUTRAL_PAGE = "https://mausam.imd.gov.in/"


def register_public(app: Flask) -> None:
    app.jinja_env.globals["neutral_page"] = NEUTRAL_PAGE
    public = Blueprint("public", __name__)
    app.jinja_env.globals["card_address"] = cards.card_address
    about.add_routes(public)
    cards.add_routes(public)
    codes.add_routes(public)
    code_checks.add_routes(public)
    numbers.add_routes(public)
    one_time.add_routes(public)
    kiosk.add_routes(public)
    counter_screen.add_routes(public)
    worker.add_routes(public)
    app.register_blueprint(public)
