from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from app.config import Settings
from app.extensions import db
from app.factory import create_app

PAGES = ("/", "/privacy", "/v", "/office/sign-in", "/nothing/here")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_may_run_in_it_and_stands_in_no_frame(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/robots.txt", "/api/v1/nothing"])
def test_what_is_no_page_is_taken_for_nothing_but_what_it_says(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.mimetype != "text/html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/office/sign-in"])
def test_a_request_is_not_read_back(client: FlaskClient, path: str) -> None:
    assert client.open(path, method="TRACE").status_code == 405


def test_browsers_are_told_to_come_by_https_for_a_year(settings: Settings, make_tables: Callable[[], None]) -> None:
    app = create_app(replace(settings, address="https://samvad.example.in"))
    with app.app_context():
        make_tables()
        for path in (*PAGES, "/robots.txt"):
            answer = app.test_client().get(path, base_url="https://samvad.example.in")
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", path
        for engine in db.engines.values():
            engine.dispose()
