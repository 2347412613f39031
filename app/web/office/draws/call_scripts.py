"""The printed script for whoever makes the calls."""

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from app.documents.draws.call_scripts import draw_call_script
from app.domain.accounts.role import Permission
from app.domain.problem import Problem
from app.domain.surveys.main_question import main_question
from app.domain.surveys.survey import Question
from app.services.codes.printed_addresses import require_helplines
from app.services.installation.department_queries import describe_department
from app.services.surveys.surveys import SURVEY_UNKNOWN, list_surveys
from app.transaction import reading
from app.web.errors import sentence_of
from app.web.office.downloads import PDF, attachment
from app.web.office.guard import open_to
from app.web.office.surveys.choice import survey_choices
from app.web.row_ids import read_row_id


@open_to(Permission.READ_AUDIT, "/draws/checks/script.pdf")
def download_script() -> ResponseReturnValue:
    """Problem `survey.unknown` unless the questionnaire is published and has a question that stands for the whole."""
    with reading() as session:
        require_helplines(session)
        question = _questions(session).get(request.args.get("survey", 0, type=read_row_id))
        department = describe_department(session)
    if question is None:
        raise Problem(SURVEY_UNKNOWN)
    return attachment(draw_call_script(department, question), "calls.pdf", PDF)


def script_choices(session: Session) -> list[SelectChoice]:
    """The questionnaires with whose question people can be called."""
    questions = _questions(session)
    return [choice for choice in survey_choices(session) if int(choice.value) in questions]


def why_unscripted(session: Session) -> str | None:
    """Why no script can be printed yet, in the reader's words."""
    try:
        require_helplines(session)
    except Problem as problem:
        return sentence_of(problem)
    return None


def _questions(session: Session) -> dict[int, Question]:
    """By survey, of those that are published: the question that stands for the whole."""
    published = [survey.published for survey in list_surveys(session) if survey.published]
    asked = [(version.survey_id, main_question(version.definition)) for version in published]
    return {survey_id: question for survey_id, question in asked if question}
