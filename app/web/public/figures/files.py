"""An edition as files: the bytes that were frozen, a table, and the print, which is made once and kept."""

from flask import Response
from flask.typing import ResponseReturnValue

from app.documents.report_csv import write_reports_csv
from app.domain.problem import Problem
from app.services.figures.editions.reports import edition_report, edition_surveys
from app.services.record.report_codes import EDITION_NOT_ENTERED, report_proof
from app.transaction import reading
from app.web.context import context, now, today
from app.web.languages import reader_language
from app.web.public.figures.reach import named_edition
from app.web.views import at
from app.workflows.editions.prints import edition_print


@at("/r/<page>/<day>.json")
@at("/R/<page>/<day>.json")
@at("/r/<page>/<day>/<int:number>.json")
@at("/R/<page>/<day>/<int:number>.json")
def show_document(page: str, day: str, number: int | None = None) -> ResponseReturnValue:
    """SHA-256 of what is sent is the fingerprint that page and print name."""
    return _open(Response(named_edition(page, day, number).text, content_type="application/json; charset=utf-8"))


@at("/r/<page>/<day>.csv")
@at("/R/<page>/<day>.csv")
def show_table(page: str, day: str) -> ResponseReturnValue:
    edition = named_edition(page, day)
    with reading() as session:
        reports = [edition_report(session, edition, slug, today()) for slug in edition_surveys(edition)]
    return _open(Response(write_reports_csv(reports, reader_language()), content_type="text/csv; charset=utf-8"))


@at("/r/<page>/<day>.pdf")
@at("/R/<page>/<day>.pdf")
def show_print(page: str, day: str) -> ResponseReturnValue:
    """Problem `edition.print_busy` while another one is being made."""
    content = edition_print(named_edition(page, day), reader_language(), context().settings, now())
    return Response(content, mimetype="application/pdf")


@at("/r/<page>/<day>.tlog-proof")
@at("/R/<page>/<day>.tlog-proof")
def show_proof(page: str, day: str) -> ResponseReturnValue:
    """For programs: that the edition of this day stands in the record. Problem `edition.not_entered` until it does."""
    with reading() as session:
        proof = report_proof(session, named_edition(page, day).digest, now())
    if proof is None:
        raise Problem(EDITION_NOT_ENTERED)
    return _open(Response(proof, content_type="text/plain; charset=utf-8"))


def _open(response: Response) -> Response:
    """For programs of anybody."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
