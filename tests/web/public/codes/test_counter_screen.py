"""The page behind a counter screen's code: it opens for some minutes, and then says kindly what to do."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import code_at, step_of
from app.models import Response, Verdict
from app.services.codes.placements import retire_placement
from app.transaction import reading, transaction
from app.web.context import context

SHOWN = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)


class Code:
    """One code of a screen as a phone has it, and the server's clock."""

    def __init__(self, app: Flask, client: FlaskClient, placement_id: int) -> None:
        self.app, self.client, self.placement_id = app, client, placement_id
        self.path = f"/S/{context().tokens.sign(code_at(0, placement_id, step_of(SHOWN)))}"

    def open(self, after: timedelta = timedelta(), lang: str = "en") -> Any:
        self.app.config["CLOCK"] = lambda: SHOWN + after
        return self.client.get(f"{self.path}?lang={lang}")

    def send(self, page: Any, after: timedelta, **fields: str) -> Any:
        hidden = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', page.text))
        self.app.config["CLOCK"] = lambda: SHOWN + after
        return self.client.post(self.path, data={**hidden, "_do": "send", "purpose": "passport", **fields})


@pytest.fixture
def code(app: Flask, client: FlaskClient, issue: Callable[..., Any]) -> Code:
    _, placement = issue(channel=Channel.COUNTER)
    return Code(app, client, placement.id)


def stored() -> list[tuple[str, str, str]]:
    with reading() as session:
        rows = select(Response.evidence, Verdict.verdict, Verdict.reasons).join(
            Verdict, Verdict.response_id == Response.id
        )
        return [tuple(row) for row in session.execute(rows)]


def test_it_opens_while_it_is_on_the_screen_and_counts_as_present(code: Code) -> None:
    page = code.open()
    assert page.status_code == 200
    assert "The screen stands here" in page.text
    assert "Please compare with the screen" in page.text
    assert "Keep this page open" in page.text
    assert "Take a photo of the code" not in page.text
    assert "Set-Cookie" not in page.headers
    assert code.send(page, timedelta(minutes=3)).status_code == 303
    assert stored() == [("present", "counted", "[]")]


def test_who_opened_it_in_time_may_send_much_later(code: Code) -> None:
    page = code.open(timedelta(minutes=5, seconds=59))
    assert code.send(page, timedelta(days=3)).status_code == 303
    assert stored() == [("present", "counted", "[]")]


@pytest.mark.parametrize("after", [timedelta(minutes=6), timedelta(days=2), timedelta(minutes=-3)])
def test_later_or_before_its_time_it_says_what_to_do(code: Code, after: timedelta) -> None:
    page = code.open(after)
    assert page.status_code == 409
    assert "please scan the screen once more" in page.text
    assert 'name="number"' in page.text
    assert "code.stale" in page.text
    assert "data-stamp" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_it_says_so_in_hindi_too(code: Code) -> None:
    assert "स्क्रीन को फिर से स्कैन करें" in code.open(timedelta(minutes=6), lang="hi").text


def test_what_comes_with_a_stale_code_is_kept_and_set_aside(code: Code) -> None:
    """By hand: the page itself gives nobody a form."""
    page = code.open()
    text = re.sub(r'name="_stamp" value="[^"]*"', 'name="_stamp" value=""', page.text)
    hidden = dict(re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)"', text))
    code.app.config["CLOCK"] = lambda: SHOWN + timedelta(minutes=20)
    sent = code.client.post(code.path, data={**hidden, "_do": "send", "purpose": "passport"})
    assert sent.status_code == 303
    assert stored() == [("present", "set_aside", '["stamp_missing","code_stale"]')]


@pytest.mark.parametrize("ended", [timedelta(minutes=-20), timedelta(minutes=1)])
def test_a_screen_that_was_ended_takes_no_more_whoever_posts_by_hand(code: Code, ended: timedelta) -> None:
    """Even in the hour in which it ended, which is all that a stamp says."""
    with transaction() as session:
        retire_placement(session, code.placement_id, actor_id=None, now=SHOWN + ended)
    code.app.config["CLOCK"] = lambda: SHOWN + timedelta(minutes=2)
    code.client.post(code.path, data={"_do": "send", "purpose": "passport"})
    refilled = code.client.post(code.path, data={"_do": ""})
    assert 'name="_stamp" value=""' in refilled.text
    code.client.post(code.path, data={"_do": "send", "purpose": "passport", "_stamp": ""})
    assert stored() == [("present", "set_aside", '["stamp_missing","retired"]')] * 2


def test_what_was_opened_before_a_screen_ended_counts(code: Code) -> None:
    page = code.open()
    with transaction() as session:
        retire_placement(session, code.placement_id, actor_id=None, now=SHOWN + timedelta(minutes=1))
    code.send(page, timedelta(minutes=5))
    assert stored() == [("present", "counted", "[]")]


def test_three_answers_with_one_code_and_the_third_is_not_told(code: Code) -> None:
    page = code.open()
    answers = [code.send(page, timedelta(minutes=at)) for at in (1, 2, 3)]
    assert {answer.status_code for answer in answers} == {303}
    thanks = {re.sub(r"\d{4} \d{4} \d{4}", "", code.client.get(answer.location).text) for answer in answers}
    assert len({re.sub(r"received=[^&\"]*", "", text) for text in thanks}) == 1
    assert sorted(stored()) == [
        ("present", "counted", "[]"),
        ("present", "counted", "[]"),
        ("present", "set_aside", '["code_crowded"]'),
    ]


def test_the_screens_page_is_one_for_all_and_says_what_it_needs(client: FlaskClient) -> None:
    page = client.get("/c?lang=en")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    for sentence in ("JavaScript", "Set up this screen", "हर मिनट नया कोड", "A new code every minute", "112"):
        assert sentence in page.text
    # Two answers of a code are counted: the screen does not promise that each is for one person.
    assert "for the people at this counter" in page.text
    assert not any(words in page.text for words in ("one person", "एक व्यक्ति"))
    assert "Set-Cookie" not in page.headers
    assert "/S/" not in page.text


def test_a_tablet_can_install_it(client: FlaskClient) -> None:
    told = client.get("/c/screen.webmanifest").get_json(force=True)
    assert (told["start_url"], told["scope"], told["display"]) == ("/c", "/c", "fullscreen")
    assert all(client.get(icon["src"]).status_code == 200 for icon in told["icons"])
    assert 'href="/c/screen.webmanifest"' in client.get("/c").text
