"""The page behind an answer that was sent: its confirmation number, what happens now, and what a quiz has to tell.

It has an address of its own, so that loading it again sends nothing again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy.orm import Session

from app.domain.codes.placement import PlacementView
from app.domain.surveys.survey import SurveyKind
from app.formats.crypto.confirmations import open_marks, sign_confirmation, sign_marks
from app.services.codes.placement_queries import OpenedPlacement
from app.services.surveys.round_queries import RoundPhase, newest_round
from app.services.surveys.titles import titles_of
from app.web.context import context, now
from app.web.languages import reader_language
from app.web.public.responses.answer_form import AnswerForm
from app.web.public.responses.quiz import Mark, marks_of, right_ones


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says besides the number: of which kind the questions are, their dates, and the marks of a quiz."""

    kind: SurveyKind
    round: RoundPhase | None
    marks: Sequence[Mark]


def new_marks(code: OpenedPlacement, version_id: int, sheet: AnswerForm) -> str | None:
    """What of a quiz was answered right, signed; None where there is nothing to tell.

    A quiz with dates tells its right answers with the results, so that its first player cannot pass them on.
    """
    right = right_ones(sheet.survey.definition, sheet.answers)
    if not right or (code.round is not None and code.round.version_id == version_id):
        return None
    return sign_marks(context().settings.secrets.receipts, code.id, version_id, right)


def what_is_told(session: Session, code: OpenedPlacement | PlacementView) -> Told:
    """By the address: marks that the server did not write are none."""
    kind = titles_of(session, {code.survey_id})[code.survey_id].kind
    found = open_marks(context().settings.secrets.receipts, code.id, request.args.get("marks", ""))
    marks: list[Mark] = []
    if found is not None:
        version_id, right = found
        marks = marks_of(context().ingest.survey(session, version_id).definition, right, reader_language())
    return Told(kind, newest_round(session, code.survey_id, now()), marks)


def confirmation_address(token: str | None, placement_id: int, number: str, marks: str | None = None) -> str:
    """Where a confirmation can be read again. A token that stood in no path does not get into one here."""
    received = sign_confirmation(context().settings.secrets.receipts, placement_id, number)
    lang = reader_language()
    if token is None:
        where = "public.slips.show_slip_page"
        return url_for(where, placement=placement_id, received=received, marks=marks, lang=lang)
    return url_for("public.responses.show_code", token=token, received=received, marks=marks, lang=lang)


def receipt_page(code: OpenedPlacement | PlacementView, number: str, told: Told) -> Response:
    received = sign_confirmation(context().settings.secrets.receipts, code.id, number)
    query: dict[str, str | int] = {"received": received}
    if request.endpoint == "public.slips.show_slip_page":
        query["placement"] = code.id
    if told.marks:
        query["marks"] = request.args["marks"]
    page = render_template(
        "public/responses/receipt.html",
        code=code,
        number=number,
        query=query,
        kind=told.kind.value,
        dated=told.round,
        marks=told.marks,
    )
    return not_stored(page)


def not_stored(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
