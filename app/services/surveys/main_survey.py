"""The department's main questionnaire: results, prints and forms begin with it. Polls and quizzes come and go."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.surveys.survey import SurveyKind
from app.models import Department
from app.services.record.audit import record
from app.services.surveys.surveys import get_survey

NOT_MAIN = ProblemType(
    "survey.not_main", 409, "Only a published questionnaire can be the main one, and neither a poll nor a quiz."
)


def main_survey(session: Session) -> str | None:
    """Its slug; None until one has been published."""
    return session.scalar(select(Department.main_survey).where(Department.id == 1))


def choose_main_survey(session: Session, slug: str, *, actor_id: int | None, now: datetime) -> None:
    """Problems `survey.unknown` and `survey.not_main`."""
    survey = get_survey(session, slug)
    department = session.get(Department, 1, with_for_update=True)
    if department is None or survey.published is None or survey.kind is not SurveyKind.SURVEY:
        raise Problem(NOT_MAIN)
    if department.main_survey != survey.slug:
        department.main_survey = survey.slug
        record(session, "survey.made_main", f"survey:{survey.id}", actor_id, {"slug": survey.slug}, now)
