"""Citizens' pages: no cookie, no session, no account; a GET never changes anything. For `app/web` alone.

A subject is a folder and a blueprint of its own, as in the office: `public.codes.show_number` is `show_number` in one
of the files of `codes/`.
"""

from flask import Blueprint, Flask

from app.web.public import worker
from app.web.public.codes import register_codes
from app.web.public.codes.cards import card_address
from app.web.public.devices import register_devices
from app.web.public.installation import register_installation
from app.web.public.rendered import register_rendered_pages
from app.web.public.responses import register_responses
from app.web.public.slips import register_slips

#: where "Leave" leads: a page that anyone might have open
NEUTRAL_PAGE = "https://mausam.imd.gov.in/"


def register_public(app: Flask) -> None:
    register_rendered_pages(app)
    app.jinja_env.globals["neutral_page"] = NEUTRAL_PAGE
    app.jinja_env.globals["card_address"] = card_address
    public = Blueprint("public", __name__)
    register_installation(public)
    register_responses(public)
    register_codes(public)
    register_slips(public)
    register_devices(public)
    worker.add_routes(public)
    app.register_blueprint(public)
