"""The number printed beside a code, typed by hand: it leads to the same page, and the answer counts as `typed`."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.problem import Problem
from app.services.codes.placement_queries import token_for_number
from app.transaction import reading
from app.web.context import context, now
from app.web.errors import TOO_MANY, sentence_of
from app.web.languages import DEFAULT, reader_language, speak
from app.web.limits import NUMBERS, seconds_to_wait
from app.web.views import at


@at("/n", "GET", "POST")
@at("/N", "GET", "POST")
def show_number_form() -> ResponseReturnValue:
    """The form; or where the number leads. It is posted, since an address stays in the history: a wrong one too."""
    speak(request.form.get("_lang"))
    typed = request.values.get("number", "")
    if typed.strip():
        return open_number(typed)
    return render_template("public/codes/number.html")


@at("/n/<number>")
@at("/N/<number>")
def open_number(number: str) -> ResponseReturnValue:
    """To the page of this number; the form with what is wrong if there is none."""
    if wait := seconds_to_wait(NUMBERS):
        raise Problem(TOO_MANY, retry_after=wait)
    try:
        with reading() as session:
            token = token_for_number(session, number, context().tokens, now=now())
    except Problem as problem:
        page = render_template("public/codes/number.html", typed=number, error=sentence_of(problem))
        return page, problem.status
    language = reader_language()
    address = url_for("public.responses.show_code", token=token.lower(), lang=None if language == DEFAULT else language)
    return redirect(address, 303)
