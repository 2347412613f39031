"""Citizens' pages: no cookie, no session, no account; a GET never changes anything. For `app/web` alone.

A subject is a folder and a blueprint of its own, as in the office: `public.codes.show_number` is `show_number` in one
of the files of `codes/`.
"""

from flask import Blueprint, Flask

from app.web.public import codes, devices, installation, responses, slips, worker
from app.web.public.codes.cards import card_address
from app.web.public.rendered import register_rendered_pages

SUBJECTS = (installation, responses, codes, slips, devices)
#: where "Leave" leads: a page that anyone might have open
NEUTRAL_PAGE = "https://mausam.imd.gov.in/"


def register_public(app: Flask) -> None:
    register_rendered_pages(app)
    app.jinja_env.globals["neutral_page"] = NEUTRAL_PAGE
    app.jinja_env.globals["card_address"] = card_address
    public = Blueprint("public", __name__)
    for folder in SUBJECTS:
        subject = Blueprint(folder.__name__.rpartition(".")[2], folder.__name__)
        for view in folder.VIEWS:
            view.add_routes(subject)
        public.register_blueprint(subject)
    worker.add_routes(public)
    app.register_blueprint(public)
