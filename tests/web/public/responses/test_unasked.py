"""A questionnaire that was published with free text does not ask for it any more; what arrives all the same is kept."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Department, Placement, Response
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_device, add_place, add_placement, add_survey
from tests.factories.surveys.surveys import definition, question
from tests.fixtures.outbox import Outbox, verdicts

Issue = Callable[..., tuple[str, Placement]]
ASKING = definition(
    [question("opening", "text", required=True, audio={"hi": "opening.mp3"})],
    [question("respect", "scale"), question("comment", "long_text", required=True)],
    [question("closing", "text")],
)
ONLY_TEXT = definition([question("comment", "long_text")])
NAMES = ("opening", "comment", "closing")


@pytest.fixture(autouse=True)
def reader(app: Flask) -> None:
    """Somebody is named who reads it: that alone changes nothing."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="पुलिस", name_en="Police", free_text_reader="Women's cell"))


def kept() -> list[dict[str, Any]]:
    with reading() as session:
        return [json.loads(text) for text in session.scalars(select(Response.answers))]


def test_no_page_of_a_code_asks_for_it(client: FlaskClient, issue: Issue) -> None:
    page = client.get(issue(ASKING)[0]).text
    assert 'id="q-respect"' in page
    assert not any(f'id="q-{name}"' in page for name in NAMES)
    # It begins with the first page that asks something, and nothing more comes after it.
    assert 'value="more"' not in page
    assert 'value="send"' in page
    assert "opening.mp3" not in page


def test_no_tablet_asks_for_it(client: FlaskClient) -> None:
    with transaction() as session:
        placement = add_placement(session, add_place(session), add_survey(session, ASKING), channel=Channel.KIOSK)
        placement.number = None
        add_device(session, placement)
        token = context().tokens.sign(Token(Channel.KIOSK, 0, placement.id))
    page = client.get(f"/k/{token}").text
    assert 'id="q-respect"' in page
    assert not any(f'id="q-{name}"' in page for name in NAMES)


def test_no_rule_speaks_of_it_and_old_rules_stay_at_their_address(client: FlaskClient, issue: Issue) -> None:
    page = client.get(issue(ASKING)[0]).text
    address = page.split('data-rules="')[1].split('"')[0]
    assert address.endswith("?free_text=0")
    rules = client.get(address).get_json()
    assert [each["name"] for part in rules["pages"] for each in part["questions"]] == ["respect"]
    whole = client.get(issue(definition([question("respect", "scale")]))[0]).text
    assert "?free_text" not in whole


def test_an_answer_without_it_is_counted_though_it_was_required(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue(ASKING)
    page = client.post(path, data={"_do": "send", "_page": "page2", "respect": "4"}, follow_redirects=True)
    assert page.status_code == 200
    assert kept() == [{"respect": 4}]
    assert verdicts() == [("counted", [])]


def test_what_is_written_all_the_same_is_kept(client: FlaskClient, issue: Issue, outbox: Outbox) -> None:
    """A page that was opened before goes on, without script and with it."""
    path, _ = issue(ASKING)
    written = {"_page": "page2", "respect": "4", "comment": "ठीक था"}
    turned = client.post(path, data={"_do": "stay", **written}).text
    assert 'name="comment" value="ठीक था"' in turned
    client.post(path, data={"_do": "send", **written}, follow_redirects=True)
    assert kept() == [{"respect": 4, "comment": "ठीक था"}]
    assert outbox.statuses(outbox.item(body={"respect": 2, "comment": "फिर भी"})) == ["stored"]
    assert {"respect": 2, "comment": "फिर भी"} in kept()
    assert verdicts() == [("counted", [])] * 2


def test_a_questionnaire_of_nothing_else_is_closed(client: FlaskClient, issue: Issue) -> None:
    path, _ = issue(ONLY_TEXT)
    assert client.get(path).status_code == 410
    client.post(path, data={"_do": "send", "comment": "फिर भी"}, follow_redirects=True)
    assert kept() == [{"comment": "फिर भी"}]
