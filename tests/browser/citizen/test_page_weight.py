"""What answering costs on the wire: counted as the server sends it, so the figure is the same everywhere."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Request, expect

from app.domain.surveys.survey import SurveyDefinition
from app.services.surveys.surveys import read_starter
from app.web import static
from app.web.public import worker
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.conftest import LiveServer, open_context

#: from opening the code to the confirmation
BUDGET_BYTES = 14_100
#: without scripts, but with a page for the confirmation
BUDGET_BYTES_PLAIN = 14_480
#: English texts are translated from the same template, and are a little longer
BUDGET_MORE_IN_ENGLISH = 300
BUDGET_REQUESTS = 5
#: what is fetched afterwards, so that everything works without network; 18,000 is the aim, which it has outgrown
BUDGET_BYTES_LATER = 21_500
#: for browsers from before 2017, which know gzip only and pay for the style in both pages; no script comes to them
BUDGET_BYTES_GZIP = 16_500
#: the first that is fetched once the first question can be answered
BEFORE_THE_REST = "/js/offline/network.js"
ICON = "/static/icons/samvad.svg"
#: not needed: a browser fetches it when it has nothing else to do
SCHEMES = "/static/css/schemes.css"


@pytest.fixture(autouse=True)
def _compressed_in_a_hurry() -> None:
    """Not here, nor is what another test has had compressed."""
    for made_once in (static.encoded, worker.worker_script):
        made_once.cache_clear()


@pytest.fixture
def visit() -> SurveyDefinition:
    """The survey that departments begin with: six core questions and nine more, in Hindi and English."""
    definition = read_starter("station-visit").definition
    assert definition is not None
    return definition


@pytest.mark.parametrize(("query", "budget"), [("", BUDGET_BYTES), ("?lang=en", BUDGET_BYTES + BUDGET_MORE_IN_ENGLISH)])
def test_what_answering_needs_is_light(
    live_server: LiveServer,
    app: Flask,
    browser: Browser,
    hang_up: Any,
    visit: SurveyDefinition,
    query: str,
    budget: int,
) -> None:
    """With scripts: all that is asked for before the first question can be answered, and the sending."""
    context = open_context(browser)
    asked: list[Request] = []
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    open_code(page, hang_up(visit) + query)
    paths = [request.url.removeprefix(live_server.url) for request in asked]
    choose(page, "respect", "4")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    sent = [request for request in asked if request.method == "POST"]
    receipts = [size_of(request) for request in sent]
    context.close()
    assert all(path.startswith("/") for path in paths), "something comes from elsewhere"
    turn = next(at for at, path in enumerate(paths) if path.endswith(BEFORE_THE_REST))
    # A browser fetches the icon outside of what a page may watch.
    first = {path for path in paths[:turn] if not path.startswith((ICON, SCHEMES))} | {ICON}
    assert len(first) + len(sent) <= BUDGET_REQUESTS
    assert sum(weight(app, path, "br") for path in first) + sum(receipts) <= budget


def test_what_works_without_network_is_light(
    live_server: LiveServer, app: Flask, browser: Browser, hang_up: Any, visit: SurveyDefinition
) -> None:
    """All that comes to the server after the first question can be answered, until the network may go."""
    asked: list[str] = []
    serve = live_server.app.wsgi_app

    def watched(environ: Any, start_response: Any) -> Any:
        asked.append(environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""))
        return serve(environ, start_response)

    live_server.app.wsgi_app = watched  # type: ignore[method-assign]
    context = open_context(browser)
    page = context.new_page()
    open_code(page, hang_up(visit))
    page.wait_for_load_state("networkidle")
    context.close()
    turn = next(at for at, path in enumerate(asked) if path.endswith(BEFORE_THE_REST))
    later = [path for path in asked[turn:] if not path.startswith(ICON)]
    assert len(later) <= 14
    assert sum(weight(app, path, "br") for path in later) <= BUDGET_BYTES_LATER, later


@pytest.mark.parametrize(("encoding", "budget"), [("br", BUDGET_BYTES_PLAIN), ("gzip", BUDGET_BYTES_GZIP)])
def test_what_answering_needs_without_scripts_is_light(
    live_server: LiveServer,
    app: Flask,
    browser: Browser,
    hang_up: Any,
    visit: SurveyDefinition,
    encoding: str,
    budget: int,
) -> None:
    """The page, and the confirmation that the form leads to."""
    context = open_context(browser, script=False)
    page = context.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(hang_up(visit))
    choose(page, "respect", "4")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    posted = sum(head_of(request) for request in asked if request.method == "POST")
    context.close()
    got = [request.url.removeprefix(live_server.url) for request in asked if request.method == "GET"]
    paths = {path for path in got if not path.startswith((ICON, SCHEMES))} | {ICON}
    if encoding == "gzip":
        # A browser that knows no brotli is older than modules.
        paths = {path for path in paths if "/js/" not in path}
    assert len(paths) + 1 <= BUDGET_REQUESTS
    assert sum(weight(app, path, encoding) for path in paths) + posted <= budget


def head_of(request: Request) -> int:
    """Bytes of the headers that answered."""
    response = request.response()
    assert response is not None
    return sum(len(name) + len(value) + 4 for name, value in response.all_headers().items())


def size_of(request: Request) -> int:
    """Bytes of an answer that only this browser got: headers and body."""
    response = request.response()
    assert response is not None
    return head_of(request) + len(response.body())


def weight(app: Flask, path: str, encoding: str) -> int:
    """Bytes of status line, headers and compressed body."""
    host = urlsplit("http://samvad.example.gov.in").netloc
    response = app.test_client().get(path, headers={"Accept-Encoding": encoding, "Host": host})
    assert response.status_code == 200
    head = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
    return (
        len(f"HTTP/1.1 {response.status}\r\n")
        + head
        + len("Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n\r\n")
        + len(response.data)
    )
