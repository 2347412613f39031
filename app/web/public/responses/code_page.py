"""The page behind a code: read the token, show the survey, take the answers.

A GET changes nothing, so that previews and scanners may fetch it a thousand times. There is no cookie and no
hidden id: the page may be kept by a phone and shown to the next citizen.
"""

import re

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import is_fresh
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.problem import Problem
from app.domain.responses.response import Status
from app.domain.surveys.survey import SurveyDefinition
from app.formats.crypto.confirmations import open_confirmation
from app.services.codes.placement_queries import OpenedPlacement, open_placement
from app.services.responses.ingest import receive_form
from app.services.responses.opening import (
    require_asked,
    require_device,
    require_fresh,
    require_good,
    require_questions,
    round_instead,
    version_to_ask,
)
from app.transaction import reading, transaction
from app.web.context import context, now, today
from app.web.department import current_department
from app.web.languages import DEFAULT, reader_language, speak
from app.web.limits import ANSWERS, address_mac, seconds_to_wait
from app.web.public.rendered import Rendered, rendered_pages
from app.web.public.responses.answer_form import AnswerForm, check_whole, open_answer_form, turn_back, turn_page
from app.web.public.responses.confirmations import (
    confirmation_address,
    new_marks,
    not_stored,
    receipt_page,
    what_is_told,
)
from app.web.public.responses.differences import page_or_difference
from app.web.public.responses.first_screen import fits
from app.web.public.responses.later_part import later_parts
from app.web.public.responses.scripted import Scripted
from app.web.security import refuse_foreign_origin
from app.web.views import at
from app.web.watching import FAILURE, note_receipts


@at("/s/<token>")
@at("/S/<token>")
def show_code(token: str) -> Response:
    """The first page of the survey, the same for everyone who opens this code within the hour."""
    opened = context().codes.token(token)
    with reading() as session:
        code = open_placement(session, opened, now=now())
        require_device(code, is_device=False)
        secret = context().settings.secrets.receipts
        if shown := open_confirmation(secret, code.id, request.args.get("received", "")):
            current_department(session)
            return receipt_page(code, shown, what_is_told(session, code))
        if number := round_instead(code):
            # Where its dates, and then its results stand: no link ever leads nowhere.
            return round_page_instead(number)
        version_id = version_to_ask(code)
        require_good(session, context().codes.serial_mark(opened))
        require_fresh(opened, now())
        survey = context().ingest.survey(session, version_id)
        require_questions(survey.definition)
        department = current_department(session)
    stamp = new_stamp(code, opened)
    sheet = open_answer_form(survey, {}, "", today())

    def script() -> Scripted:
        return scripted(
            survey.definition, version_id, token.upper(), stamp, opened.channel, dated=code.round is not None
        )

    def page() -> Rendered:
        told = script()
        key = code, told.token, stamp, told.language, told.kid, department
        return rendered_pages().get(key, lambda: render(code, version_id, stamp, sheet, script=told))

    if opened.channel.is_one_time:
        # One reader only: it is kept by nobody but that reader's phone.
        return not_stored(render(code, version_id, stamp, sheet, script=script()))
    return page_or_difference(page, version_id, survey, later_parts())


def scripted(
    definition: SurveyDefinition,
    version_id: int,
    token: str,
    stamp: str,
    channel: Channel | None = None,
    *,
    dated: bool = False,
) -> Scripted:
    keys = context().sealing
    kid = keys.newest
    key = None if kid is None else keys.public_text(kid)
    one_time = channel is not None and channel.is_one_time
    return Scripted(definition, version_id, token, stamp, reader_language(), kid, key, one_time, dated)


@at("/s/<token>", "POST")
@at("/S/<token>", "POST")
def take_answers(token: str, in_path: bool = True) -> ResponseReturnValue:
    """Turn a page, switch the language, or store: whatever is refused comes back filled in."""
    speak(request.form.get("_lang"))
    refuse_foreign_origin()
    opened = context().codes.token(token)
    with reading() as session:
        code = open_placement(session, opened, now=now())
        require_device(code, is_device=False)
        version_id = posted_version(code)
        require_asked(session, code, version_id)
        survey = context().ingest.survey(session, version_id)
        current_department(session)
    stamp = request.form.get("_stamp") or stamp_if_open(code, opened)
    sheet = open_answer_form(survey, request.form.to_dict(flat=False), request.form.get("_page", ""), today())
    match request.form.get("_do"):
        case "send":
            return send(token if in_path else None, opened, code, version_id, stamp, check_whole(sheet))
        case "more":
            sheet = turn_page(sheet)
        case "back":
            sheet = turn_back(sheet)
    return filled_in(code, version_id, stamp, sheet, 422 if sheet.errors else 200)


def send(
    token: str | None, opened: Token, code: OpenedPlacement, version_id: int, stamp: str, sheet: AnswerForm
) -> ResponseReturnValue:
    """Store the answers, or say why not with everything that was typed. `token` is None if no path held it."""
    if sheet.errors:
        return filled_in(code, version_id, stamp, sheet, 422)
    if wait := seconds_to_wait(ANSWERS, code.id):
        return not_now(code, version_id, stamp, sheet, 429, wait)
    try:
        with transaction() as session:
            number = receive_form(
                session,
                token=opened,
                stamp_text=stamp,
                survey_version_id=version_id,
                language=reader_language(),
                answers=sheet.answers,
                address_mac=address_mac(),
                ingest=context().ingest,
                now=now(),
            )
    except OperationalError as error:
        request.environ[FAILURE] = error
        return not_now(code, version_id, stamp, sheet, 503, 30)
    note_receipts([Status.STORED])
    # To a page of its own, so that reloading it, or coming back to it, sends nothing again.
    address = confirmation_address(token, code.id, number, new_marks(code, version_id, sheet))
    # No words in the answer: no browser shows them, and they would be a quarter of it.
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def round_page_instead(number: int) -> Response:
    language = reader_language()
    address = url_for("public.surveys.show_round", number=number, lang=None if language == DEFAULT else language)
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def not_now(code: OpenedPlacement, version_id: int, stamp: str, sheet: AnswerForm, status: int, wait: int) -> Response:
    sentence = gettext(
        "Too many people are sending at this moment. Your answers are still here: please wait a minute and send again."
    )
    response = filled_in(code, version_id, stamp, sheet, status, sentence)
    response.headers["Retry-After"] = str(wait)
    return response


def filled_in(
    code: OpenedPlacement, version_id: int, stamp: str, sheet: AnswerForm, status: int, notice: str | None = None
) -> Response:
    """A page with somebody's answers in it: not to be kept anywhere. Problem `survey.closed` if nothing is asked."""
    require_questions(sheet.survey.definition)
    return not_stored(render(code, version_id, stamp, sheet, notice), status)


def render(
    code: OpenedPlacement,
    version_id: int,
    stamp: str,
    sheet: AnswerForm,
    notice: str | None = None,
    script: Scripted | None = None,
) -> str:
    """The form. Scripts take over a page that nobody has filled in; what was posted without them goes on so."""
    held = script.token if script and script.one_time else request.form.get("_token")
    return render_template(
        "public/responses/code.html",
        code=code,
        version_id=version_id,
        stamp=stamp,
        sheet=sheet,
        notice_text=notice,
        script=script,
        held_token=held,
        starts_below=not _fits(code, sheet),
    )


def _fits(code: OpenedPlacement, sheet: AnswerForm) -> bool:
    language = reader_language()
    names = current_department().name.in_language(language), code.place.in_language(language)
    return code.channel is not Channel.TYPED and fits(sheet.questions[0], language, *names)


def new_stamp(code: OpenedPlacement, opened: Token) -> str:
    """The hour, under the newest key: whoever has an old one cannot sign hours.

    That of a counter screen's code names the code, if it is fresh.
    """
    key_id, step = context().settings.secrets.newest_key_id, opened.time_step
    fresh = step is not None and is_fresh(step, now())
    return context().stamps.sign(Stamp.at(now(), key_id, code.id, step if fresh else None))


def stamp_if_open(code: OpenedPlacement, opened: Token) -> str:
    """For a form that was posted without a stamp: none if nobody is shown this code now, so that its arrival counts."""
    try:
        version_to_ask(code)
        require_fresh(opened, now())
    except Problem:
        return ""
    return new_stamp(code, opened)


def posted_version(code: OpenedPlacement) -> int:
    """The version that the posted page asked; the present one if it does not say."""
    posted = request.form.get("_version", "")
    if re.fullmatch("[0-9]{1,9}", posted):
        return int(posted)
    return code.survey_version_id or version_to_ask(code)
