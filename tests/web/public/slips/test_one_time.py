"""Slips and invitations: opening one changes nothing, its token stays out of every address, and it counts once."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Placement, Redemption, Serial
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_serials


class Slip:
    """One slip as a phone has it."""

    def __init__(self, client: FlaskClient, placement: Placement, token: Token) -> None:
        self.client, self.placement, self.token = client, placement, token
        self.text = context().tokens.sign(token)

    def open(self, **more: str) -> Any:
        return self.client.post("/S/", data={"_token": self.text, **more})

    def send(self, **more: str) -> Any:
        fields = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', self.open().text))
        return self.client.post("/S/", data={**fields, "_do": "send", "purpose": "passport", **more})


@pytest.fixture
def make_slip(issue: Callable[..., Any], client: FlaskClient) -> Callable[..., Slip]:
    def make(channel: Channel = Channel.SLIP) -> Slip:
        _, placement = issue(channel=channel)
        with transaction() as session:
            (token,) = add_serials(session, placement, 1, context().codes)
        return Slip(client, placement, token)

    return make


def redeemed() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Redemption)) or 0


def test_the_door_is_the_same_for_everybody_and_speaks_both_languages(client: FlaskClient) -> None:
    page = client.get("/S/")
    assert page.status_code == 200
    assert "पर्ची पर छपा नंबर लिखें" in page.text
    assert "Type the number on the slip" in page.text
    assert 'name="number"' in page.text
    assert "Set-Cookie" not in page.headers


def test_opening_shows_the_questions_and_burns_nothing(make_slip: Callable[..., Slip]) -> None:
    slip = make_slip()
    for _ in range(3):
        page = slip.open()
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert f'data-token="{slip.text}"' in page.text
    assert redeemed() == 0
    assert "Type the number" not in page.text
    assert "A slip of paper" in slip.open(_lang="en").text


def test_in_the_path_a_slip_works_too_and_burns_nothing(make_slip: Callable[..., Slip]) -> None:
    """Some programs write the # as %23; the slip is no worse for it."""
    slip = make_slip()
    for fetch in (slip.client.get, slip.client.head):
        assert fetch(f"/S/{slip.text}").status_code == 200
    assert redeemed() == 0


def test_an_answer_by_form_is_confirmed_at_an_address_without_the_token(make_slip: Callable[..., Slip]) -> None:
    slip = make_slip()
    sent = slip.send()
    assert sent.status_code == 303
    address = sent.headers["Location"]
    assert slip.text.lower() not in address.lower()
    page = slip.client.get(address)
    assert page.status_code == 200
    assert "data-sent" in page.text
    assert "एक ही बार" not in page.text
    assert redeemed() == 1
    other = re.search(r'href="(\?[^"]*lang=en[^"]*)"', page.text)
    assert other
    again = slip.client.get("/s/" + other[1].replace("&amp;", "&"))
    assert "data-sent" in again.text


def said_after(slip: Slip, sent: TestResponse) -> str:
    """The page, without the number and the signature that are its own."""
    page = slip.client.get(sent.headers["Location"]).text
    return re.sub(r"received=[\w.%-]+|[0-9]{4} [0-9]{4} [0-9]{4}", "", page)


def test_the_second_sender_is_told_what_the_first_was(make_slip: Callable[..., Slip]) -> None:
    slip = make_slip()
    first = said_after(slip, slip.send())
    before = slip.open().text
    second = said_after(slip, slip.send(purpose="complaint"))
    assert second == first
    assert "दूसरे जवाबों के साथ देखा जाएगा" in first
    assert "गिना" not in first
    # Who opens it afterwards sees what everybody saw before.
    assert slip.open().text == before
    assert redeemed() == 1


def test_a_confirmation_cannot_be_made_up(make_slip: Callable[..., Slip]) -> None:
    slip = make_slip()
    address = slip.send().headers["Location"]
    broken = re.sub(r"received=\d", "received=9x", address)
    assert slip.client.get(broken).status_code == 404
    assert slip.client.get(re.sub(r"placement=\d+", "placement=1", address)).status_code == 404


def test_a_cancelled_slip_says_so_when_it_is_opened_and_is_kept_when_it_was_open(
    make_slip: Callable[..., Slip],
) -> None:
    slip = make_slip()
    fields = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', slip.open().text))
    before = said_after(slip, slip.send())
    with transaction() as session:
        session.get_one(Serial, context().codes.serial_mark(slip.token)).cancelled_on = date(2026, 6, 1)
    assert slip.open().status_code == 410
    assert "code.cancelled" in slip.open().text
    sent = slip.client.post("/S/", data={**fields, "_do": "send", "purpose": "passport"})
    assert said_after(slip, sent) == before


def test_an_invitation_names_no_paper(make_slip: Callable[..., Slip]) -> None:
    page = make_slip(Channel.INVITE).open(_lang="en").text
    assert "An invitation by the department" in page
    assert "Please compare with the paper" not in page


@pytest.mark.parametrize("token", ["", "AEAAAAAA", "💥" * 20, "A" * 5000])
def test_a_token_that_is_none_is_refused(client: FlaskClient, token: str) -> None:
    assert client.post("/S/", data={"_token": token}).status_code == 404


def test_another_site_cannot_post_here(make_slip: Callable[..., Slip]) -> None:
    slip = make_slip()
    answer = slip.client.post("/S/", data={"_token": slip.text}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
