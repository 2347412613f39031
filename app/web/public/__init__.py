"""Citizens' pages: no cookie, no session, no account; a GET never changes anything. For `app/web` alone."""

from flask import Blueprint, Flask

from app.web.context import context
from app.web.public import (
    codes,
    devices,
    dialogue,
    figures,
    installation,
    link_cards,
    places,
    record,
    responses,
    slips,
    surveys,
    worker,
)
from app.web.public.codes.cards import card_address
from app.web.public.dialogue.posts import pinned_tips, title_of
from app.web.public.figures.reach import results_address
from app.web.public.link_cards import page_card
from app.web.public.places.hand_off import complaint_address
from app.web.public.rendered import register_rendered_pages
from app.web.public.responses.later_part import later_parts
from app.web.views import add_subjects, add_views

#: where "Leave" leads: a page that anyone might have open
NEUTRAL_PAGE = "https://mausam.imd.gov.in/"


def register_public(app: Flask) -> None:
    register_rendered_pages(app)
    app.jinja_env.globals["neutral_page"] = NEUTRAL_PAGE
    app.jinja_env.globals["contact"] = lambda: context().settings.contact
    app.jinja_env.globals.update(
        card_address=card_address,
        complaint_address=complaint_address,
        later_parts=later_parts,
        page_card=page_card,
        pinned_tips=pinned_tips,
        results_address=results_address,
        title_of=title_of,
    )
    public = Blueprint("public", __name__)
    add_subjects(public, (installation, places, figures, surveys, dialogue, record, responses, codes, slips, devices))
    add_views(public, worker)
    add_views(public, link_cards)
    app.register_blueprint(public)
