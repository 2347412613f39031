"""Polls and quizzes with dates: what is asked until when, when results come, and then what came of it.

Until then there is no number, not even how many answered.
"""

from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.documents.report_csv import write_report_csv
from app.domain.codes.channel import Channel
from app.domain.codes.placement import PlacementState
from app.domain.figures.report import EvidenceSection
from app.domain.problem import Problem
from app.domain.surveys.rounds.round import ROUND_NOT_YET, RoundState
from app.domain.surveys.survey import SurveyDefinition
from app.services.codes.placement_queries import PlacementFilter, list_placements
from app.services.codes.printed_addresses import link_text, printed_address
from app.services.codes.share_kits import link_card
from app.services.figures.rounds.results import round_report, round_sections
from app.services.surveys.round_queries import RoundView, definition_of, document_of, public_rounds, round_numbered
from app.transaction import reading
from app.web.context import context, now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.public.figures.reach import own_address
from app.web.public.responses.quiz import Mark, told_key
from app.web.views import at


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a round shows. `sections` are figures, and `key` the right answers, once they are published."""

    round: RoundView
    definition: SurveyDefinition
    link: str | None
    has_card: bool
    sections: tuple[EvidenceSection, ...]
    key: list[Mark]


@at("/r/rounds")
@at("/R/rounds")
@at("/R/ROUNDS")
def show_rounds() -> str:
    with reading() as session:
        rounds = public_rounds(session, now())
    own = own_address(url_for("public.surveys.show_rounds"))
    return render_template("public/surveys/rounds/rounds.html", rounds=rounds, own=own, reader=FigureReader())


@at("/r/rounds/<int:number>")
@at("/R/rounds/<int:number>")
@at("/R/ROUNDS/<int:number>")
def show_round(number: int) -> ResponseReturnValue:
    with reading() as session:
        shown = _shown(session, round_numbered(session, number, now()))
    return render_template(
        "public/surveys/rounds/round.html",
        round=shown.round,
        definition=shown.definition,
        asked=[question for question in shown.definition.questions() if question.is_asked],
        link=shown.link,
        has_card=shown.has_card,
        sections=shown.sections,
        key=shown.key,
        own=own_address(url_for("public.surveys.show_round", number=number)),
        reader=FigureReader(),
    )


@at("/r/rounds/<int:number>.json")
@at("/R/rounds/<int:number>.json")
def show_round_document(number: int) -> ResponseReturnValue:
    """What was announced; once there are results these, with that in them. Its SHA-256 stands in the public record."""
    with reading() as session:
        text = document_of(session, round_numbered(session, number, now()))
    return _open(Response(text, content_type="application/json; charset=utf-8"))


@at("/r/rounds/<int:number>.csv")
@at("/R/rounds/<int:number>.csv")
def show_round_table(number: int) -> ResponseReturnValue:
    """Problem `round.not_yet` before its results."""
    with reading() as session:
        view = round_numbered(session, number, now())
        if view.state is not RoundState.PUBLISHED:
            raise Problem(ROUND_NOT_YET)
        report = round_report(session, view, today())
    return _open(Response(write_report_csv(report, reader_language()), content_type="text/csv; charset=utf-8"))


def _shown(session: Session, view: RoundView) -> Shown:
    definition, has_card = definition_of(session, view), _has_card(session, view)
    if view.state is not RoundState.PUBLISHED:
        link = _link(session, view) if view.state is RoundState.OPEN else None
        return Shown(view, definition, link, has_card, (), [])
    sections = round_sections(session, view.survey_version_id, document_of(session, view) or "")
    return Shown(view, definition, None, has_card, sections, told_key(definition, reader_language()))


def _link(session: Session, view: RoundView) -> str | None:
    """A link of an official account, of any: they differ in nothing that is said here."""
    which = PlacementFilter(None, Channel.HANDLE, PlacementState.ACTIVE, survey_id=view.survey_id)
    settings = context().settings
    try:
        address = printed_address(session, settings.address)
    except Problem:
        return None
    links = list_placements(session, which, now=now(), per_page=1).rows
    held = [one for one in links if one.key_id in settings.secrets.signing]
    return link_text(address, context().tokens.sign(held[0].token)) if held else None


def _has_card(session: Session, view: RoundView) -> bool:
    try:
        link_card(session, view.survey_id, view.place_id, now())
    except Problem:
        return False
    return True


def _open(response: Response) -> Response:
    """For programs of anybody; asked for again each time, since something else may hold by then."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    return response
