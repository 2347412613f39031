"""Slips and invitations: the token stands behind a #, so that no log, preview or Referer ever holds it.

The page at this address is the same for everybody. A script reads the token and posts it back to get the page of
its code; without a script the number printed on the paper is typed. Neither redeems anything.
"""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.codes.token import TOKEN_INVALID
from app.domain.problem import Problem
from app.formats.crypto.confirmations import open_confirmation
from app.services.codes.placement_queries import get_placement
from app.transaction import reading
from app.web.context import context, now
from app.web.department import current_department
from app.web.languages import speak
from app.web.public.responses.code_page import show_code, take_answers
from app.web.public.responses.confirmations import receipt_page, what_is_told
from app.web.row_ids import read_drawn_id
from app.web.security import refuse_foreign_origin
from app.web.views import at


@at("/s/")
@at("/S/")
def show_slip_page() -> ResponseReturnValue:
    """What is there before the token is known; or the confirmation of an answer that came without a path."""
    placement_id = request.args.get("placement", type=read_drawn_id)
    received = request.args.get("received", "")
    if placement_id is not None and received:
        shown = open_confirmation(context().settings.secrets.receipts, placement_id, received)
        if shown is None:
            raise Problem(TOKEN_INVALID)
        with reading() as session:
            placement = get_placement(session, placement_id, now=now())
            current_department(session)
            told = what_is_told(session, placement)
        return receipt_page(placement, shown, told)
    response = Response(render_template("public/slips/one_time.html"))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@at("/s/", "POST")
@at("/S/", "POST")
def take_token() -> ResponseReturnValue:
    """The page of the posted token, or what was done on it."""
    token = request.form.get("_token", "")
    if "_version" in request.form:
        return take_answers(token, in_path=False)
    speak(request.form.get("_lang"))
    refuse_foreign_origin()
    return show_code(token)
