"""Questionnaires in the record, from their publication to their end."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.surveys.survey import SurveyState
from app.services.record.log.entries import enter
from app.services.record.sources.surveys import new_surveys
from tests.factories import add_survey

DAY = date(2026, 6, 15)


def test_a_version_is_told_by_its_fingerprint_and_its_end(session: Session) -> None:
    version = add_survey(session, slug="visit")
    draft = add_survey(session, slug="draft")
    draft.state = SurveyState.DRAFT.value
    session.flush()
    (told,) = new_surveys(session)
    assert told.content == {
        "survey": "visit",
        "version": version.number,
        "kind": "survey",
        "fingerprint": version.fingerprint,
        "languages": ["en", "hi"],
    }
    enter(session, [told], DAY)
    version.state = SurveyState.CLOSED.value
    session.flush()
    (ended,) = new_surveys(session)
    assert (ended.type, ended.content) == ("survey_end", {"survey": "visit", "version": version.number})
    enter(session, [ended], DAY)
    assert new_surveys(session) == []
