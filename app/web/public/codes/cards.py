"""The picture that a messenger shows beside an official link: the same for all, so that fetching it tells nothing."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from app.documents.share_kits import draw_card
from app.domain.codes.print_formats import PaperLanguage
from app.services.installation.department_queries import emblem_of
from app.transaction import reading
from app.web.context import context
from app.web.department import current_department


def add_routes(public: Blueprint) -> None:
    for language in ("hi", "en"):
        public.add_url_rule(f"/about/card-{language}.png", view_func=show_card, defaults={"language": language})


def card_address(language: str) -> str:
    """Where the picture is, in full: messengers follow nothing else."""
    return context().settings.address + url_for("public.codes.show_card", language=language)


def show_card(language: str) -> ResponseReturnValue:
    with reading() as session:
        department, emblem = current_department(session), emblem_of(session)
    domain = context().settings.address.partition("://")[2].lower()
    picture = draw_card(department, domain, PaperLanguage(language), emblem)
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "public, max-age=86400"})
