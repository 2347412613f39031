"""Questionnaires that were published and closed, by their fingerprints."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.record.canonical import Value
from app.domain.surveys.rules import without_keys
from app.domain.surveys.survey import SurveyDefinition, SurveyKind, SurveyState
from app.models import Survey, SurveyVersion
from app.services.record.log.entries import NewEntry, is_entered

PUBLISHED, ENDED = "survey", "survey_end"


def new_surveys(session: Session) -> list[NewEntry]:
    """Versions that were published, and then closed, and are in no entry yet."""
    versions = select(SurveyVersion, Survey).join(Survey, Survey.id == SurveyVersion.survey_id)
    published = versions.where(
        SurveyVersion.state != SurveyState.DRAFT.value, ~is_entered(PUBLISHED, SurveyVersion.id)
    ).order_by(SurveyVersion.id)
    closed = versions.where(
        SurveyVersion.state == SurveyState.CLOSED.value, ~is_entered(ENDED, SurveyVersion.id)
    ).order_by(SurveyVersion.id)
    return [_published(version, survey) for version, survey in session.execute(published)] + [
        NewEntry(ENDED, ENDED, version.id, {"survey": survey.slug, "version": version.number})
        for version, survey in session.execute(closed)
    ]


def _published(version: SurveyVersion, survey: Survey) -> NewEntry:
    content: dict[str, Value] = {
        "survey": survey.slug,
        "version": version.number,
        "kind": survey.kind,
        "fingerprint": _fingerprint(version, survey),
        "languages": sorted(json.loads(version.definition)["languages"]),
    }
    return NewEntry(PUBLISHED, PUBLISHED, version.id, content)


def _fingerprint(version: SurveyVersion, survey: Survey) -> str:
    """Of a quiz without its right answers: of few choices each, they could be guessed from that of the whole."""
    if survey.kind != SurveyKind.QUIZ.value:
        return version.fingerprint
    return without_keys(SurveyDefinition.from_json(version.definition)).fingerprint
