"""What a version says of when it may be answered, with the dates of its round."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.services.responses.rounds.asked_versions import read_versions
from app.services.surveys.rounds import cancel_round
from tests.factories import add_survey
from tests.factories.surveys.rounds import CLOSED_AT, DATES, OPEN_AT, add_ballot

pytestmark = pytest.mark.both_databases


def test_without_dates_there_are_none(any_session: Session) -> None:
    version = add_survey(any_session)
    found = read_versions(any_session, {version.id, 4711}, OPEN_AT)
    asked = found[version.id]
    assert asked is not None
    assert (asked.dates, asked.is_blind) == (None, False)
    assert (asked.validity.opens_at, asked.validity.taken_until) == (None, None)
    assert found[4711] is None


def test_its_round_says_from_when_until_when_and_that_nobody_counts(any_session: Session) -> None:
    ballot = add_ballot(any_session)
    asked = read_versions(any_session, {ballot.version_id}, OPEN_AT)[ballot.version_id]
    assert asked is not None
    assert (asked.dates, asked.is_blind) == (DATES, True)
    assert (asked.validity.opens_at, asked.validity.survey_closed_at) == (DATES.opens_at, DATES.closes_at)
    assert asked.validity.taken_until == DATES.taken_until
    assert not asked.is_being_counted(DATES.taken_until - timedelta(seconds=1))
    assert asked.is_being_counted(DATES.taken_until)


def test_one_that_was_cancelled_closes_then_and_one_that_was_withdrawn_is_none(any_session: Session) -> None:
    why = {"hi": "भूल", "en": "A mistake"}
    cancelled, withdrawn = add_ballot(any_session), add_ballot(any_session, slug="other", announced=False)
    for ballot in (cancelled, withdrawn):
        cancel_round(any_session, ballot.round_id, why, actor_id=ballot.approver, now=OPEN_AT)
    found = read_versions(any_session, {cancelled.version_id, withdrawn.version_id}, CLOSED_AT)
    closed, free = found[cancelled.version_id], found[withdrawn.version_id]
    assert closed is not None
    assert free is not None
    assert (closed.is_blind, closed.validity.survey_closed_at) == (True, OPEN_AT)
    assert (free.is_blind, free.dates) == (False, None)
