"""Counter screens from outside: what a browser sends, what it is answered, and that nothing else fetches codes."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.codes.channel import Channel
from app.domain.codes.counter_code import step_of
from app.formats.crypto.sealing import from_text, to_text
from app.models import Department, Screen
from app.services.codes.counter_screens import end_screen
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import RegisteredScreen, register_screen

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SECRET = to_text(b"s" * 32)

Post = Callable[..., Any]


@pytest.fixture
def screen(app: Flask) -> RegisteredScreen:
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        return register_screen(session, now=NOW, name_hi="थाना चंदनपुर", name_en="Chandanpur")


@pytest.fixture
def post(client: FlaskClient) -> Post:
    def send(path: str, **message: object) -> tuple[int, dict[str, Any]]:
        answer = client.post(f"/api/v1/screens{path}", json=message)
        assert answer.headers.get("Cache-Control") in (None, "no-store")
        return answer.status_code, answer.get_json()

    return send


def test_a_browser_becomes_a_screen_and_fetches_codes(screen: RegisteredScreen, post: Post) -> None:
    assert post("", code=screen.code, secret=SECRET) == (201, {"enrolled": True})
    status, pad = post("/pad", secret=SECRET)
    assert status == 200
    assert pad["link"] == "HTTP://LOCALHOST/S/"
    assert pad["place"] == {"hi": "थाना चंदनपुर", "en": "Chandanpur"}
    assert (pad["spot"], len(pad["number"])) == ("सहायता डेस्क", 8)
    assert datetime.fromisoformat(pad["server_time"]) == NOW
    assert len(pad["tags"]) == 4322 * 10 * 4 // 3 + 1
    raw = from_text(pad["head"]) + step_of(NOW).to_bytes(4) + from_text(pad["tags"])[10:20]
    token = context().codes.token(_base32(raw))
    assert (token.channel, token.placement_id, token.time_step) == (Channel.COUNTER, screen.placement_id, step_of(NOW))
    with reading() as session:
        assert session.get_one(Screen, screen.placement_id).fetched_on == NOW.date()


def test_what_it_holds_is_not_sent_again(app: Flask, screen: RegisteredScreen, post: Post) -> None:
    post("", code=screen.code, secret=SECRET)
    pad = post("/pad", secret=SECRET)[1]
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=1)
    held = {"head": pad["head"], "until": pad["first"] + 4321}
    status, more = post("/pad", secret=SECRET, held=held)
    assert (status, more["first"], len(from_text(more["tags"]))) == (200, pad["first"] + 4322, 600)


def test_nobody_else_fetches_codes(screen: RegisteredScreen, post: Post) -> None:
    post("", code=screen.code, secret=SECRET)
    assert post("/pad", secret=to_text(b"x" * 32))[0] == 403
    assert post("/pad")[0] == 400
    assert post("/pad", secret="short")[0] == 400
    with transaction() as session:
        end_screen(session, screen.placement_id, actor_id=None, now=NOW)
    status, problem = post("/pad", secret=SECRET)
    assert (status, problem["code"]) == (410, "screen.ended")
    assert post("", code=screen.code, secret=to_text(b"y" * 32))[0] == 410


def test_one_screen_cannot_have_the_server_sign_without_end(screen: RegisteredScreen, post: Post) -> None:
    post("", code=screen.code, secret=SECRET)
    held = {"head": post("/pad", secret=SECRET)[1]["head"], "until": step_of(NOW) + 72 * 60}
    statuses = [post("/pad", secret=SECRET, held=held)[0] for _ in range(30)]
    assert (set(statuses[:29]), statuses[29]) == ({200}, 429)
    assert post("/pad", secret=to_text(b"z" * 32))[0] == 403


def test_no_codes_without_an_address_that_the_department_has_confirmed(screen: RegisteredScreen, post: Post) -> None:
    post("", code=screen.code, secret=SECRET)
    with transaction() as session:
        session.get_one(Department, 1).demonstration = False
    status, problem = post("/pad", secret=SECRET)
    assert (status, problem["code"]) == (409, "print.host_unconfirmed")


def test_a_foreign_page_cannot_ask(screen: RegisteredScreen, client: FlaskClient) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/api/v1/screens/pad", json={"secret": SECRET}, headers=foreign).status_code == 403


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=")
