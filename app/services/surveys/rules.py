"""What a phone may know of a survey version, to check answers where there is no network."""

from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.surveys.rules import rules_of
from app.domain.surveys.survey import SurveyDefinition
from app.models import SurveyVersion
from app.services.surveys.surveys import VERSION_UNKNOWN


def read_rules(session: Session, version_id: int) -> dict[str, object]:
    """The rules of a version that is or was published; Problem `survey.version_unknown` for any other."""
    version = session.get(SurveyVersion, version_id)
    if version is None or version.published_at is None:
        raise Problem(VERSION_UNKNOWN)
    return rules_of(SurveyDefinition.from_json(version.definition))
