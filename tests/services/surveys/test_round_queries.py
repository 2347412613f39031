"""Rounds read: in which order, by which number, and the one behind a code."""

import json

import pytest
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.domain.surveys.rounds.round import RoundState, digest_of
from app.models import SurveyVersion
from app.services.surveys.round_queries import (
    blind_versions,
    definition_of,
    document_of,
    get_round,
    list_rounds,
    newest_round,
    public_rounds,
    round_numbered,
)
from tests.factories import add_survey
from tests.factories.surveys.rounds import DATES, OPEN_AT, POLL, QUIZ, add_ballot
from tests.factories.surveys.surveys import add_version

pytestmark = pytest.mark.both_databases


def test_what_is_planned_is_known_to_the_office_alone(any_session: Session) -> None:
    session = any_session
    announced, planned = add_ballot(session), add_ballot(session, QUIZ, slug="quiz", announced=False)
    assert {one.id for one in list_rounds(session, OPEN_AT)} == {announced.round_id, planned.round_id}
    (public,) = public_rounds(session, OPEN_AT)
    assert (public.number, public.title.en, public.state) == (1, "Your visit", RoundState.OPEN)
    assert round_numbered(session, 1, OPEN_AT) == public
    for missing in (2, 4711):
        with pytest.raises(Problem) as refused:
            round_numbered(session, missing, OPEN_AT)
        assert refused.value.code == "round.unknown"
    assert blind_versions(session) == {announced.version_id, planned.version_id}


def test_its_document_is_what_its_digest_is_of(any_session: Session) -> None:
    ballot = add_ballot(any_session)
    view = get_round(any_session, ballot.round_id, OPEN_AT)
    text = document_of(any_session, view)
    assert text is not None
    assert digest_of(text) == view.digest
    assert json.loads(text)["survey"] == "ballot"
    assert definition_of(any_session, view) == POLL


def test_the_round_behind_a_code_is_that_of_the_newest_version(any_session: Session) -> None:
    session = any_session
    assert newest_round(session, add_survey(session).survey_id, OPEN_AT) is None
    ballot = add_ballot(session)
    found = newest_round(session, ballot.survey_id, OPEN_AT)
    assert found is not None
    assert (found.version_id, found.number, found.dates, found.state) == (ballot.version_id, 1, DATES, RoundState.OPEN)
    before = session.get_one(SurveyVersion, ballot.version_id)
    before.state = "closed"
    assert newest_round(session, ballot.survey_id, OPEN_AT) == found
    add_version(session, before, QUIZ)
    assert newest_round(session, ballot.survey_id, OPEN_AT) is None
