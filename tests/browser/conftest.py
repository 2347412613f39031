"""A real server on a real database, and the system's Chromium with a phone's screen."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, ViewportSize, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from app.config import Mode, Settings
from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.surveys.survey import SurveyDefinition
from app.extensions import db
from app.factory import create_app
from app.models import Department, Placement
from app.transaction import transaction
from app.web import compression
from app.web.context import context
from tests.browser.actors.faults import Faults
from tests.browser.actors.profiles import Profile
from tests.factories.codes.placements import add_placement
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import add_survey
from tests.fixtures.accounts import add_account, open_session

PHONE: ViewportSize = {"width": 360, "height": 720}
DESK: ViewportSize = {"width": 1280, "height": 800}
CHROMIUM = os.environ.get("SAMVAD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
# The same engine without the windows around it, in half of the processor's time.
SHELL = os.environ.get("SAMVAD_CHROMIUM") or shutil.which("chromium-headless-shell") or CHROMIUM

# On a crowded machine a page takes its time; who waits for what comes does not wait longer for that.
expect.set_options(timeout=30_000)


class Quiet(WSGIRequestHandler):
    """HTTP/1.1, as behind a proxy, and no log."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class LiveServer:
    """The application answering on a free port."""

    def __init__(self, settings: Settings) -> None:
        # The port is known only once the socket is bound, and the settings want the whole address.
        self.server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self.server.port}"
        self.app = create_app(replace(settings, mode=Mode.DEMONSTRATION, address=self.url))
        self.server.app = self.app
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def code(self, placement: Placement, channel: Channel = Channel.POSTER) -> str:
        """The address of a placement's code."""
        with self.app.app_context():
            token = context().tokens.sign(Token(channel, placement.key_id, placement.id))
        return f"{self.url}/s/{token.lower()}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(autouse=True)
def _free_text_is_asked(free_text_is_read: None) -> None:
    """What people write is the plainest secret to look for in a browser, so these tests let them write."""


@pytest.fixture(autouse=True)
def _compressed_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test makes pages of its own, which are sent once. How small they get is measured elsewhere."""
    monkeypatch.setattr(compression, "THOROUGH", 5)


@pytest.fixture
def live_server(settings: Settings, make_tables: Callable[[], None]) -> Iterator[LiveServer]:
    """A server on a fresh SQLite file, with a department and nothing else."""
    live = LiveServer(settings)
    with live.app.app_context():
        make_tables()
        with transaction() as session:
            session.add(
                Department(
                    id=1,
                    name_hi="नमूना पुलिस",
                    name_en="Sample Police",
                    demonstration=True,
                    helplines='[{"label_hi": "महिला हेल्पलाइन", "label_en": "Women\'s helpline", "number": "1090"}]',
                )
            )
    yield live
    live.stop()
    with live.app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def app(live_server: LiveServer) -> Iterator[Flask]:
    """The application that the browser talks to, with its context pushed."""
    with live_server.app.app_context():
        yield live_server.app


@pytest.fixture
def faults(live_server: LiveServer) -> Faults:
    """What the server may fail with from now on."""
    faults = Faults(live_server.app.wsgi_app, seed=5)
    live_server.app.wsgi_app = faults  # type: ignore[method-assign]
    return faults


@pytest.fixture
def hang_up(live_server: LiveServer) -> Any:
    """Issue a code for a definition at a station of a long name: `hang_up(definition)` gives its address."""

    def issue(definition: SurveyDefinition, **more: Any) -> str:
        with live_server.app.app_context():
            with transaction() as session:
                place = add_place(session, name_hi="थाना चंदनपुर कोतवाली", name_en="Chandanpur Kotwali Police Station")
                placement = add_placement(session, place, add_survey(session, definition), **more)
            return live_server.code(placement)

    return issue


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; SAMVAD_CHROMIUM may name one")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": SHELL, "args": [*quiet, *sandbox]}


@pytest.fixture(scope="session")
def whole_browser(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How to start the browser that people have, for what depends on more than its engine: what it writes of itself."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM}


class Watched:
    """What a page complained about. Neither a refused form nor a lost network is a complaint: Chromium logs both."""

    EXPECTED = (
        "the server responded with a status of 4",
        "net::ERR_INTERNET_DISCONNECTED",
        "net::ERR_CONNECTION_RESET",
        "net::ERR_CONNECTION_REFUSED",
        "net::ERR_SOCKET_NOT_CONNECTED",
        # What the worker could not fetch.
        "net::ERR_FAILED",
    )

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _console(self, message: Any) -> None:
        expected = any(words in message.text for words in self.EXPECTED)
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)


def open_context(browser: Browser, *, script: bool = True, viewport: ViewportSize = PHONE) -> BrowserContext:
    return browser.new_context(
        viewport=viewport, java_script_enabled=script, locale="hi-IN", timezone_id="Asia/Kolkata"
    )


@pytest.fixture
def profile(browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path) -> Iterator[Profile]:
    """A phone whose memory outlives its browser."""
    profile = Profile(browser_type, browser_type_launch_args, tmp_path / "profile", PHONE)
    yield profile
    profile.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with scripts that must not complain."""
    context = open_context(browser)
    watched = Watched(context)
    yield context
    context.close()
    assert watched.complaints == []


@pytest.fixture
def phone(browser: Browser, script: bool) -> Iterator[Page]:
    """A page on a phone 360 px wide, once with and once without JavaScript."""
    context = open_context(browser, script=script)
    watched = Watched(context)
    yield context.new_page()
    assert context.cookies() == []
    context.close()
    assert watched.complaints == []


@contextmanager
def office_page(
    browser: Browser, live_server: LiveServer, role: Role, place_id: int | None = None, viewport: ViewportSize = DESK
) -> Iterator[Page]:
    """A page of somebody who is signed in, whose scripts must not complain."""
    with live_server.app.app_context():
        client = open_session(live_server.app.test_client(), add_account(role, place_id))
    name = live_server.app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie is not None
    context = open_context(browser, viewport=viewport)
    context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])
    watched = Watched(context)
    yield context.new_page()
    context.close()
    assert watched.complaints == []


LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 at level AA, and against its own best practices."""
    # A click can return before the page it leads to is there.
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"], "selectors": False}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


CLIPPED = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('.sr, .skip') && e.clientHeight && getComputedStyle(e).overflowY !== 'visible'
    && e.scrollHeight > e.clientHeight + 1 && e.tagName !== 'TEXTAREA')
  .map(e => e.outerHTML.slice(0, 80))"""
SMALL = """() => [
    ...document.querySelectorAll('button, a.button, .bar a, .option, .pick, input:not([type=hidden]), select')]
  .filter(e => !e.closest('.sr, .skip') && !e.matches('.sr, .option input, .pick input') && e.getClientRects().length)
  .filter(e => e.getBoundingClientRect().height < 47.5)
  .map(e => e.outerHTML.slice(0, 80))"""
TIGHT = """() => [...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('.sr'))
  .filter(e => { const s = getComputedStyle(e); return parseFloat(s.lineHeight) < 1.59 * parseFloat(s.fontSize)
    || s.letterSpacing !== 'normal' || s.textTransform !== 'none' })
  .map(e => e.outerHTML.slice(0, 80))"""


class Evaluates(Protocol):
    """A page of any browser."""

    def evaluate(self, expression: str, /) -> Any: ...


def layout_faults(page: Evaluates) -> list[str]:
    """Sideways scrolling, clipped text, targets below 48 px, lines too tight for Hindi."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    faults = [f"scrolls sideways by {wide} px"] if wide > 0 else []
    for name, script in (("clipped", CLIPPED), ("small", SMALL), ("tight", TIGHT)):
        faults += [f"{name}: {element}" for element in page.evaluate(script)]
    return faults


def faults_in_each_width(page: Page) -> list[str]:
    """What axe finds, which is the same in each, and whether the layout fits a phone, a tablet and a desk."""
    faults = violations(page)
    # What fills the screen has no other size.
    page.evaluate("document.fullscreenElement && document.exitFullscreen()")
    for width, height in ((360, 740), (768, 1024), (1280, 740)):
        page.set_viewport_size({"width": width, "height": height})
        faults += [f"{width} px: {fault}" for fault in layout_faults(page)]
    return faults
