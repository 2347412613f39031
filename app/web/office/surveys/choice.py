"""The published questionnaires, as a form offers them."""

from sqlalchemy.orm import Session
from wtforms import SelectChoice

from app.domain.surveys.survey import SurveyKind
from app.services.surveys.surveys import list_surveys
from app.web.languages import reader_language


def survey_choices(session: Session, *, but: SurveyKind | None = None) -> list[SelectChoice]:
    """Each by its title in the reader's language, else in the first that it has."""
    published = [(survey.id, survey.published.definition) for survey in list_surveys(session) if survey.published]
    return [
        SelectChoice(str(id_), asked.title.get(reader_language()) or next(iter(asked.title.values())))
        for id_, asked in published
        if asked.kind is not but
    ]
