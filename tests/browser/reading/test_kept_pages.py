"""Pages that somebody asked to keep on the phone: there without network, dated, and gone when they are taken down."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.domain.dialogue.post import RemovalCause
from app.domain.installation.public_results import Depth
from app.domain.weeks import day_of
from app.jobs.editions import make_editions
from app.models import SurveyVersion
from app.services.dialogue.posts.events import ask_removal, remove_post
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from tests.browser.actors.walking import wait_for
from tests.browser.conftest import LiveServer, layout_faults, open_context, violations
from tests.factories import add_place, add_responses, add_survey
from tests.factories.dialogue.posts import add_officers, picture, post_text, published

KEEP = "button[data-reading=ask]"
KEPT = "[data-reading=kept]"
UNCHECKED = "[data-reading=unchecked]"
LIST = "[data-reading=list]"
ON_PHONE = """async () => {
  if (!(await caches.keys()).includes("samvad-reading")) return null;
  const cache = await caches.open("samvad-reading");
  const found = await Promise.all((await cache.keys()).map((request) => cache.match(request)
    .then((answer) => answer.headers.has("X-Fetched-On") && new URL(request.url).pathname)));
  return found.filter(Boolean).sort();
}"""
PARTS = """() => caches.open("samvad-reading").then((cache) => cache.keys())
  .then((found) => found.map(({ url }) => new URL(url).pathname))"""
WORKERS = """async () => (await navigator.serviceWorker.getRegistrations())
  .map(({ scope, active }) => [new URL(scope).pathname, new URL(active.scriptURL).pathname]).sort()"""


@pytest.fixture
def opened(app: Flask, live_server: LiveServer) -> str:
    """Where results stand, of a state and two stations."""
    now = datetime.now(UTC)
    week = now.date() - timedelta(days=now.weekday() + 28)
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        stations = [add_place(session, parent=state, name_hi=f"थाना {n}", name_en=f"Station {n}") for n in range(35)]
        for place, page in ((state, "state"), *((station, f"t{n}") for n, station in enumerate(stations))):
            place.page = page
        version = add_survey(session, published_at=now)
        for station in stations[:2]:
            add_responses(session, station, session.get_one(SurveyVersion, version.id), week, [{"overall": 4}] * 60)
        session.flush()
        publish_releases(session, now)
        decide_public_results(session, Depth.STATION, day_of(now), None, now)
    make_editions(now)
    return live_server.url


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with open_context(browser) as context:
        yield context


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def on_phone(page: Page) -> list[str] | None:
    found: list[str] | None = page.evaluate(ON_PHONE)
    return found


def keep(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(KEEP).click()
    expect(page.locator(KEPT)).to_be_visible()


class Between:
    """Stands before the application, and does with some pages what it is told."""

    def __init__(self, live_server: LiveServer) -> None:
        self._behind = live_server.app.wsgi_app
        live_server.app.wsgi_app = self  # type: ignore[method-assign]
        #: how the pages whose path begins so are answered instead
        self.refused: dict[str, str] = {}
        #: how long these pages take
        self.slow_s = 0
        #: how much longer they are made, in bytes
        self.more = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        for begins, status in self.refused.items():
            if path.startswith(begins):
                start_response(status, [("Content-Type", "text/html"), ("Cache-Control", "no-store")])
                return [b"<h1>refused</h1>"]
        if not path.startswith("/r/"):
            return self._behind(environ, start_response)
        time.sleep(self.slow_s)
        if not self.more:
            return self._behind(environ, start_response)
        environ.pop("HTTP_ACCEPT_ENCODING", None)

        def longer(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [one for one in headers if one[0] != "Content-Length"], *more)

        page = b"".join(self._behind(environ, longer))
        return [page.replace(b"</main>", b"<!--" + b"x" * self.more + b"--></main>")]


@pytest.fixture
def between(live_server: LiveServer) -> Between:
    return Between(live_server)


def test_nothing_is_kept_until_it_is_asked_for(page: Page, opened: str) -> None:
    page.goto(f"{opened}/r/t0")
    expect(page.locator(KEEP)).to_be_visible()
    assert on_phone(page) is None
    assert page.evaluate(WORKERS) == []
    page.goto(f"{opened}/p")
    page.wait_for_load_state("networkidle")
    expect(page.locator(LIST)).to_be_hidden()


def test_without_script_there_is_no_button(browser: Browser, opened: str) -> None:
    with open_context(browser, script=False) as context:
        page = context.new_page()
        for path in ("/p", "/r/t0"):
            page.goto(opened + path)
            assert page.locator("[data-reading]:visible").count() == 0


@pytest.mark.parametrize(("query", "until"), [("", "तब से बदला है या नहीं, पता नहीं"), ("?lang=en", "not checked since")])
def test_a_kept_page_opens_without_network_and_says_from_when_it_is(
    page: Page, phone: BrowserContext, opened: str, query: str, until: str
) -> None:
    keep(page, f"{opened}/r/t0{query}")
    assert on_phone(page) == ["/p", "/r/t0"]
    assert {scope for scope, worker in page.evaluate(WORKERS) if worker == "/reading.js"} == {"/r", "/p"}
    expect(page.locator(UNCHECKED)).to_be_hidden()
    phone.set_offline(True)
    page.goto(f"{opened}/r/t0{query}")
    said = page.locator(UNCHECKED)
    expect(said).to_contain_text(until)
    expect(said).to_contain_text(str(datetime.now(UTC).year))
    assert "{" not in said.inner_text()
    expect(page.locator(KEPT)).to_be_visible()
    assert violations(page) + layout_faults(page) == []
    # The way to it stands on the page that leads to all results.
    page.goto(f"{opened}/p")
    page.locator(LIST).get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Station 0" if query else "थाना 0")


def test_both_spellings_of_an_address_are_one_page(page: Page, phone: BrowserContext, opened: str) -> None:
    keep(page, f"{opened}/R/T0")
    phone.set_offline(True)
    for path in ("/r/t0", "/R/T0", "/r/t0?lang=en"):
        page.goto(opened + path)
        expect(page.locator(UNCHECKED)).to_be_visible()


@pytest.mark.parametrize("status", ["410 Gone", "404 Not Found"])
def test_a_page_that_was_taken_down_is_shown_as_that_and_leaves_the_phone(
    page: Page, phone: BrowserContext, opened: str, between: Between, status: str
) -> None:
    keep(page, f"{opened}/r/t0")
    keep(page, f"{opened}/r/t1")
    between.refused["/r/t0"] = status
    page.goto(f"{opened}/r/t0")
    expect(page.locator("h1")).to_have_text("refused")
    wait_for(page, lambda: on_phone(page) == ["/p", "/r/t1"])
    phone.set_offline(True)
    with pytest.raises(Exception, match="net::ERR_"):
        page.goto(f"{opened}/r/t0")


def test_it_leaves_at_the_next_contact_with_any_of_them(page: Page, opened: str, between: Between) -> None:
    for number in range(3):
        keep(page, f"{opened}/r/t{number}")
    between.refused |= {"/r/t0": "410 Gone", "/r/t1": "503 Service Unavailable"}
    page.goto(f"{opened}/r/t9")
    wait_for(page, lambda: on_phone(page) == ["/p", "/r/t1", "/r/t2"])


@pytest.mark.parametrize("status", ["503 Service Unavailable", "500 Internal Server Error", "429 Too Many Requests"])
def test_a_server_that_fails_takes_nothing_away(page: Page, opened: str, between: Between, status: str) -> None:
    keep(page, f"{opened}/r/t0")
    between.refused["/r/"] = status
    page.goto(f"{opened}/r/t0")
    expect(page.locator(UNCHECKED)).to_be_visible()
    expect(page.locator("h1")).to_have_text("थाना 0")
    between.refused.clear()
    page.goto(f"{opened}/r/t0")
    expect(page.locator(UNCHECKED)).to_be_hidden()
    assert on_phone(page) == ["/p", "/r/t0"]


def test_a_network_that_hangs_is_waited_for_three_seconds(page: Page, opened: str, between: Between) -> None:
    keep(page, f"{opened}/r/t0")
    between.slow_s = 6
    page.goto(f"{opened}/r/t0")
    expect(page.locator(UNCHECKED)).to_be_visible()


def test_what_is_removed_is_gone_and_the_worker_with_the_last_of_it(page: Page, opened: str) -> None:
    keep(page, f"{opened}/r/t0")
    keep(page, f"{opened}/r/t1")
    page.locator("button[data-reading=remove]").click()
    expect(page.locator(KEEP)).to_be_visible()
    assert on_phone(page) == ["/p", "/r/t0"]
    page.goto(f"{opened}/p")
    page.locator("button[data-reading=all]").click()
    expect(page.locator(LIST)).to_be_hidden()
    assert on_phone(page) is None
    assert page.evaluate(WORKERS) == []


def test_leaving_offers_to_remove_all(page: Page, opened: str) -> None:
    page.route("https://mausam.imd.gov.in/**", lambda route: route.fulfill(body="weather"))
    page.goto(f"{opened}/r/t0")
    expect(page.locator(KEEP)).to_be_visible()
    expect(page.locator("button[data-reading=leave]")).to_be_hidden()
    keep(page, f"{opened}/r/t0")
    page.locator("button[data-reading=leave]").click()
    page.wait_for_url("https://mausam.imd.gov.in/**")
    page.goto(f"{opened}/r/t1")
    expect(page.locator(KEEP)).to_be_visible()
    assert on_phone(page) is None


def test_thirty_pages_are_kept_and_the_oldest_goes(page: Page, opened: str) -> None:
    for number in range(31):
        keep(page, f"{opened}/r/t{number}")
    kept = on_phone(page)
    assert kept is not None
    # With them the page that lists them.
    assert len(kept) == 30
    assert "/p" in kept
    assert "/r/t30" in kept
    assert "/r/t0" not in kept


def test_a_megabyte_is_kept_at_most(page: Page, opened: str, between: Between) -> None:
    between.more = 400_000
    for number in range(4):
        keep(page, f"{opened}/r/t{number}")
    assert on_phone(page) == ["/p", "/r/t2", "/r/t3"]


def test_a_post_and_its_picture_leave_the_phone_once_it_is_removed(
    page: Page, phone: BrowserContext, opened: str, live_server: LiveServer
) -> None:
    now = datetime.now(UTC)
    with transaction() as session:
        who = add_officers(session)
        text = post_text(alt="a phone", review_on=now.date() + timedelta(days=90))
        number = published(session, who.author, who.admin, text, shown=picture(), now=now)
    keep(page, f"{opened}/p/1")
    assert on_phone(page) == ["/p", "/p/1"]
    phone.set_offline(True)
    page.goto(f"{opened}/p/1")
    expect(page.locator(UNCHECKED)).to_be_visible()
    shown = page.locator("article img")
    assert shown.evaluate("(image) => image.complete && image.naturalWidth") > 0
    assert violations(page) + layout_faults(page) == []
    phone.set_offline(False)
    with transaction() as session:
        ask_removal(session, number, RemovalCause.LAW, "", who.admin, now)
        remove_post(session, number, who.other_admin, now)
    # Any of its pages will do.
    page.goto(f"{opened}/r/t0")
    wait_for(page, lambda: on_phone(page) == ["/p"])
    assert [part for part in page.evaluate(PARTS) if "/p/" in part] == []
    answer = page.goto(f"{opened}/p/1")
    assert answer is not None
    assert answer.status == 410
