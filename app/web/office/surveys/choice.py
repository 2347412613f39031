"""The published questionnaires, as a form offers them."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from app.domain.surveys.survey import SurveyKind, in_language
from app.services.surveys.main_survey import main_survey
from app.services.surveys.surveys import VersionView, list_surveys
from app.web.languages import reader_language
from app.web.office.surveys.words import KINDS


def survey_choices(session: Session, *, but: SurveyKind | None = None) -> list[SelectChoice]:
    """Each by its title, the main one first, then other questionnaires, then polls and quizzes, which say so."""
    main, kinds = main_survey(session), list(SurveyKind)
    published = [survey.published for survey in list_surveys(session) if survey.published and survey.kind is not but]
    published.sort(key=lambda version: (version.slug != main, kinds.index(version.definition.kind)))
    return [SelectChoice(str(version.survey_id), _named(version)) for version in published]


def _named(version: VersionView) -> str:
    title = in_language(version.definition.title, reader_language())
    kind = version.definition.kind
    return title if kind is SurveyKind.SURVEY else _("%(kind)s: %(title)s", kind=KINDS[kind], title=title)
