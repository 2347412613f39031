"""A proof that a confirmation number arrived, for whoever has the number and misses it in a list.

It is posted, so that the number stands in no address, no history and no log.
"""

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.problem import Problem
from app.domain.responses.receipt_number import in_groups, number_typed
from app.services.record.receipt_proofs import proof_of, proving_key, weeks_of_number
from app.transaction import reading
from app.web.context import context
from app.web.errors import NOT_FOUND, TOO_MANY, sentence_of
from app.web.figures.reader import FigureReader
from app.web.languages import speak
from app.web.limits import NUMBERS, seconds_to_wait
from app.web.security import refuse_foreign_origin
from app.web.views import at

#: how the file is called: its name stays in lists of downloads, so the number is not in it
_FILE = "samvad-received.txt"


@at("/r/receipts", "POST")
def show_proof() -> ResponseReturnValue:
    """The page with the signed text, or the text as a file; the form with what is wrong if there is none."""
    refuse_foreign_origin()
    speak(request.form.get("_lang"))
    if wait := seconds_to_wait(NUMBERS):
        raise Problem(TOO_MANY, retry_after=wait)
    typed = request.form.get("number", "")
    with reading() as session:
        key = proving_key(session, context().settings.secrets.record)
        if key is None:
            raise Problem(NOT_FOUND)
        try:
            number = number_typed(typed)
        except Problem as problem:
            return _asked_again(problem.status, typed=typed[:40], error=sentence_of(problem))
        weeks = weeks_of_number(session, number)
    shown = in_groups(number)
    if not weeks:
        return _asked_again(404, typed=shown, number=shown)
    proof = proof_of(key, number, weeks)
    if "file" in request.form:
        file = Response(proof, content_type="text/plain; charset=utf-8")
        file.headers["Content-Disposition"] = f'attachment; filename="{_FILE}"'
        return _unkept(file)
    page = render_template(
        "public/responses/proofs/proof.html", number=shown, weeks=weeks, proof=proof, reader=FigureReader()
    )
    return _unkept(make_response(page))


def _asked_again(status: int, **told: str) -> Response:
    return _unkept(make_response(render_template("public/responses/proofs/asked.html", **told), status))


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
