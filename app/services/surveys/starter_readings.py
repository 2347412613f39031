"""Telling published versions of the questionnaires that come with Samvad how their answers are read."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.surveys.survey import SurveyState
from app.models import Survey, SurveyVersion
from app.services.surveys.readings import add_reading
from app.services.surveys.surveys import read_starter, starter_names


def add_starter_readings(session: Session, now: datetime) -> tuple[str, ...]:
    """The slugs of those that had none: whoever published one before it said so need not bring it in again."""
    starters = [read_starter(name) for name in starter_names()]
    read_as = {form.definition.fingerprint: form.read_as for form in starters if form.definition and form.read_as}
    published = session.execute(
        select(SurveyVersion, Survey.slug)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(SurveyVersion.state != SurveyState.DRAFT.value, SurveyVersion.fingerprint.in_(read_as))
        .order_by(SurveyVersion.id)
    ).all()
    return tuple(
        slug
        for version, slug in published
        if add_reading(session, version, read_as[version.fingerprint], actor_id=None, now=now)
    )
