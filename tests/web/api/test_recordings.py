"""Recorded questions, as a phone fetches them."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import SurveyAudio, SurveyVersion
from app.transaction import transaction
from app.web.context import context
from app.web.static import FOR_EVER
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement
from tests.factories.surveys.surveys import definition, question
from tests.formats.test_sound import MP3


@pytest.fixture
def version(app: Flask) -> int:
    with transaction() as session:
        version = add_survey(session)
        session.add(SurveyAudio(survey_version_id=version.id, name="a.mp3", media_type="audio/mpeg", body=MP3 * 20))
        return version.id


def test_a_recording_is_served_whole_for_ever_and_in_parts(client: FlaskClient, version: int) -> None:
    at = f"/api/v1/surveys/{version}/audio/a.mp3"
    answer = client.get(at, headers={"Accept-Encoding": "br, gzip"})
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "audio/mpeg", MP3 * 20)
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Set-Cookie" not in answer.headers
    part = client.get(at, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.data) == (206, MP3[:2])
    assert part.headers["Content-Range"] == f"bytes 0-1/{len(MP3) * 20}"
    assert client.get(at, headers={"Range": "bytes=999999-"}).status_code == 416
    assert client.get(at, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["b.mp3", "..%2Fa.mp3", "A.MP3", "%00", "क.mp3"])
def test_anything_else_is_a_problem(client: FlaskClient, version: int, name: str) -> None:
    answer = client.get(f"/api/v1/surveys/{version}/audio/{name}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_drafts_keep_theirs(client: FlaskClient, version: int) -> None:
    with transaction() as session:
        draft = session.get_one(SurveyVersion, version)
        draft.state, draft.published_at = "draft", None
    assert client.get(f"/api/v1/surveys/{version}/audio/a.mp3").get_json()["code"] == "recording.unknown"
    with transaction() as session:
        closed = session.get_one(SurveyVersion, version)
        closed.state, closed.published_at = "closed", datetime(2026, 1, 1, tzinfo=UTC)
    assert client.get(f"/api/v1/surveys/{version}/audio/a.mp3").status_code == 200


def test_a_question_names_only_what_was_recorded(client: FlaskClient, app: Flask) -> None:
    asked = [
        question("respect", "scale", audio={"hi": "there.mp3", "en": "missing.mp3"}),
        question("overall", "scale", audio={"hi": "missing-too.mp3"}),
    ]
    with transaction() as session:
        version = add_survey(session, definition(asked))
        session.add(SurveyAudio(survey_version_id=version.id, name="there.mp3", media_type="audio/mpeg", body=MP3))
        placement = add_placement(session, add_place(session), version)
        token = context().tokens.sign(Token(Channel.POSTER, placement.key_id, placement.id))
    page = client.get(f"/s/{token.lower()}").text
    assert re.findall(r'data-audio="[^"]+/([^"/]+)"', page) == ["there.mp3"]
