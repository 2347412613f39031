"""Rounds in the public record: announced, cancelled and published, each once and by a digest that can be checked."""

import hashlib
import json

import pytest
from flask import Flask
from sqlalchemy import select

from app.jobs.publishing import publish_rounds
from app.models import RecordFile, Survey, SurveyVersion
from app.services.record.log.entries import NewEntry, enter
from app.services.record.sources.rounds import new_rounds
from app.services.record.sources.surveys import new_surveys
from app.services.surveys.round_queries import document_of, get_round
from app.services.surveys.rounds import cancel_round
from app.transaction import reading, transaction
from tests.factories.surveys.rounds import OPEN_AT, QUIZ, RESULTS_AT, Ballot, add_ballot, answer

pytestmark = pytest.mark.both_databases


def entered() -> list[NewEntry]:
    with transaction() as session:
        new = new_rounds(session)
        enter(session, new, OPEN_AT.date())
    return new


def document(ballot: Ballot) -> str:
    with reading() as session:
        return document_of(session, get_round(session, ballot.round_id, RESULTS_AT)) or ""


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_each_step_is_entered_once(app: Flask) -> None:
    with transaction() as session:
        ballot = add_ballot(session)
    announced = sha256(document(ballot))
    assert [dict(one.content) for one in entered()] == [{"subject": "1", "what": "announced", "digest": announced}]
    assert entered() == []
    answer(ballot, *[{"first": "patrol", "second": "yes"}] * 10)
    publish_rounds(RESULTS_AT)
    told = {"subject": "1", "what": "results", "digest": sha256(document(ballot))}
    assert [dict(one.content) for one in entered()] == [told]
    assert entered() == []


def test_what_was_published_before_it_was_entered_is_told_as_it_was_announced(app: Flask) -> None:
    with transaction() as session:
        ballot = add_ballot(session)
    announced = sha256(document(ballot))
    publish_rounds(RESULTS_AT)
    first, second = entered()
    assert (first.content["digest"], second.content["digest"]) == (announced, sha256(document(ballot)))


def test_the_reason_for_cancelling_is_kept_beside_it_and_is_salted(app: Flask) -> None:
    with transaction() as session:
        ballot = add_ballot(session)
        why = {"hi": "भूल", "en": "A mistake"}
        cancel_round(session, ballot.round_id, why, actor_id=ballot.approver, now=OPEN_AT)
    digest = entered()[-1].content["digest"]
    with reading() as session:
        text = session.scalars(select(RecordFile.content).where(RecordFile.path == f"texts/{digest}.json")).one()
    assert sha256(text) == digest
    assert json.loads(text)["texts"] == why
    assert len(json.loads(text)["salt"]) == 32


def test_a_quiz_is_entered_without_what_is_right(app: Flask) -> None:
    other = QUIZ.from_json(QUIZ.canonical_json.replace('"key":"traffic"', '"key":"fraud"'))
    with transaction() as session:
        add_ballot(session, QUIZ, slug="one")
        add_ballot(session, other, slug="two")
        one, two = new_surveys(session)
        kept = session.scalars(select(SurveyVersion.fingerprint).join(Survey).order_by(Survey.slug)).all()
    assert kept[0] != kept[1]
    assert one.content["fingerprint"] == two.content["fingerprint"]
