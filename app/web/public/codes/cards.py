"""The picture that a messenger shows beside an official link: the same for all, so that fetching it tells nothing."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from app.documents.share_kits import draw_card
from app.domain.codes.print_formats import PaperLanguage
from app.services.installation.department_queries import emblem_of
from app.transaction import reading
from app.web.context import context
from app.web.department import current_department
from app.web.views import at


def card_address(language: str) -> str:
    """Where the picture is, in full: messengers follow nothing else."""
    return context().settings.address + url_for("public.codes.show_card", language=language)


@at("/about/card-hi.png", language="hi")
@at("/about/card-en.png", language="en")
def show_card(language: str) -> ResponseReturnValue:
    with reading() as session:
        department, emblem = current_department(session), emblem_of(session)
    domain = context().settings.address.partition("://")[2].lower()
    picture = draw_card(department, domain, PaperLanguage(language), emblem)
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "public, max-age=86400"})
