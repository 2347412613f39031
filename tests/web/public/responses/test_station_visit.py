"""Whoever never went to the station is asked nothing more, without a script."""

import json

from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.surveys.survey import SurveyDefinition
from app.models import Response
from app.services.surveys.surveys import read_starter
from app.transaction import reading
from tests.web.public.responses.test_code_page import Issue


def station_visit() -> SurveyDefinition:
    definition = read_starter("station-visit").definition
    assert definition is not None
    return definition


def kept() -> list[object]:
    with reading() as session:
        return [json.loads(text) for text in session.scalars(select(Response.answers))]


def test_what_was_rated_all_the_same_is_not_kept(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue(station_visit())
    data = {"_do": "send", "_page": "core", "purpose": "never", "respect": "1", "watched": "no"}
    assert client.post(path, data=data, follow_redirects=True).status_code == 200
    assert kept() == [{"purpose": "never"}]


def test_there_is_nothing_more_to_tell(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue(station_visit())
    more = {"_do": "more", "_page": "core", "_lang": "en"}
    nothing = client.post(path, data={**more, "purpose": "never"}).text
    assert "There is nothing more to ask." in nothing
    assert 'id="q-waiting"' in client.post(path, data={**more, "purpose": "help"}).text
    assert 'id="q-waiting"' in client.post(path, data=more).text
