"""Enrolled devices: /k, where one is set up, and /k/TOKEN, its page, which asks one person after another.

The page holds nothing of anybody, so that a device may keep it for weeks. It works with scripts only: without
them nothing could be signed or kept.
"""

from flask import Response, make_response, render_template

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.services.codes.placement_queries import OpenedPlacement, open_placement
from app.services.responses.opening import require_device, require_questions, version_to_ask
from app.transaction import reading
from app.web.context import context, now, today
from app.web.department import current_department
from app.web.errors import sentence_of
from app.web.public.rendered import Rendered, rendered_pages
from app.web.public.responses.answer_form import AnswerForm, open_answer_form
from app.web.public.responses.code_page import new_stamp, scripted
from app.web.public.responses.differences import page_or_difference
from app.web.public.responses.later_part import later_sentences
from app.web.public.responses.scripted import Scripted
from app.web.views import at


@at("/k")
def show_enrolment() -> Response:
    """Where the code from the office is typed."""
    response = make_response(render_template("public/devices/enrol.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@at("/k/<token>")
def show_kiosk(token: str) -> Response:
    """The page of a device, the same for every reader within the hour."""
    opened = context().codes.token(token)
    with reading() as session:
        code = open_placement(session, opened, now=now())
        require_device(code, is_device=True)
        department = current_department(session)
        try:
            version_id = version_to_ask(code)
            survey = context().ingest.survey(session, version_id)
            require_questions(survey.definition)
        except Problem as problem:
            return _ended(code, problem)
    stamp = new_stamp(code, opened)
    sheet = open_answer_form(survey, {}, "", today())

    def page() -> Rendered:
        script = scripted(survey.definition, version_id, token.upper(), stamp)
        key = code, script.token, stamp, script.language, script.kid, department
        return rendered_pages().get(key, lambda: _render(code, script, sheet))

    return page_or_difference(page, version_id, survey)


def _render(code: OpenedPlacement, script: Scripted, sheet: AnswerForm) -> str:
    return render_template(
        "public/devices/kiosk.html",
        kiosk=True,
        is_interview=code.channel is Channel.INTERVIEW,
        code=code,
        version_id=script.version_id,
        sheet=sheet,
        script=script,
        sentences=later_sentences(),
    )


def _ended(code: OpenedPlacement, problem: Problem) -> Response:
    """Says that it is over. What the device still holds is sent all the same, and the device remembers."""
    page = render_template("public/devices/ended.html", code=code, sentence=sentence_of(problem))
    response = make_response(page, problem.status)
    response.headers["Cache-Control"] = "no-store"
    return response
