"""The picture that a messenger shows beside an official link: the same for all links of a questionnaire about a place.

So neither the tags of a page nor fetching the picture tells which link was passed on.
"""

from flask import url_for
from flask.typing import ResponseReturnValue

from app.documents.links.share_kits import draw_card
from app.domain.codes.print_formats import PaperLanguage
from app.domain.codes.share_kit import LinkCard
from app.services.codes.share_kits import link_card
from app.services.installation.department_queries import emblem_of
from app.transaction import reading
from app.web.context import context, now
from app.web.department import current_department
from app.web.public.link_cards import drawing_digest, picture_response
from app.web.views import at


def card_address(survey_id: int, place_id: int, language: str) -> str:
    """Where the picture is, in full: messengers follow nothing else. Problem `placement.unknown`."""
    with reading() as session:
        digest = _digest(link_card(session, survey_id, place_id, now()), language)
    path = url_for("public.codes.show_card", digest=digest, survey_id=survey_id, place_id=place_id, language=language)
    return context().settings.address + path


# The first two are how addresses were written before, which stand in messages for ever.
@at("/about/card/<int:survey_id>/<int:place_id>-hi.png", language="hi")
@at("/about/card/<int:survey_id>/<int:place_id>-en.png", language="en")
@at("/about/card/<digest>/<int:survey_id>/<int:place_id>-hi.png", language="hi")
@at("/about/card/<digest>/<int:survey_id>/<int:place_id>-en.png", language="en")
def show_card(survey_id: int, place_id: int, language: str, digest: str = "") -> ResponseReturnValue:
    with reading() as session:
        card = link_card(session, survey_id, place_id, now())
        department, emblem = current_department(session), emblem_of(session)
    domain = context().settings.address.partition("://")[2].lower()
    picture = draw_card(card, department, domain, PaperLanguage(language), emblem)
    return picture_response(picture, is_current=digest == _digest(card, language))


def _digest(card: LinkCard, language: str) -> str:
    dates = str(card.dates) if card.dates else ""
    return drawing_digest(language, card.title.in_language(language), card.place.in_language(language), dates)
