"""How what waits is sent: in batches, by one page at a time, and never waiting without end."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Request, expect

from tests.browser.actors.faults import MOST_ITEMS, Faults
from tests.browser.actors.phones import DrivenPhone, stored_ids
from tests.browser.actors.walking import choose, open_code, press, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, open_context

API = "**/api/v1/responses"
#: what fits into one request, and an item more
MOST_BYTES = 48_000


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with open_context(browser) as context:
        yield context


def posts_of(context: BrowserContext) -> list[str]:
    """The bodies that are posted from now on, and answered."""
    posts: list[str] = []

    def watch(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/api/v1/responses"):
            posts.append(request.post_data or "")

    context.on("requestfinished", watch)
    return posts


def test_a_long_list_goes_in_several_requests(app: Flask, phone: BrowserContext, faults: Faults, hang_up: Any) -> None:
    driven = DrivenPhone(phone.new_page(), hang_up(VISIT)).open()
    faults.down = True
    kept = {driven.keep({"respect": 1, "words": "क" * 1500}) for _ in range(24)}
    driven.flush()
    posts = posts_of(phone)
    faults.down = False
    driven.flush()
    assert stored_ids() == kept
    assert len(posts) > 2
    assert max(map(len, posts)) < MOST_BYTES


def test_what_is_too_large_for_a_proxy_goes_in_halves(
    app: Flask, phone: BrowserContext, faults: Faults, hang_up: Any
) -> None:
    driven = DrivenPhone(phone.new_page(), hang_up(VISIT)).open()
    faults.down = True
    kept = {driven.keep({"respect": 1}) for _ in range(7)}
    driven.flush()
    posts = posts_of(phone)
    faults.down, faults.happening = False, ("too-large",)
    driven.flush()
    assert (stored_ids(), driven.rows()) == (kept, [])
    assert posts[0].count('"stamp"') == 7
    assert posts[-1].count('"stamp"') <= MOST_ITEMS


def test_two_pages_do_not_send_the_same(app: Flask, phone: BrowserContext, faults: Faults, hang_up: Any) -> None:
    address = hang_up(VISIT)
    first, second = (DrivenPhone(phone.new_page(), address).open() for _ in range(2))
    faults.down = True
    kept = {first.keep({"respect": at}) for at in (1, 2, 3)}
    first.flush()
    posts = posts_of(phone)
    faults.down = False

    def all_sent() -> bool:
        # Again, if a connection that was cut before is found to be dead only now.
        for driven in (first, second):
            driven.page.evaluate("void phone.flush()")
        for driven in (first, second):
            driven.flush()
        return stored_ids() == kept

    wait_for(first.page, all_sent)
    assert [posts and "".join(posts).count(identifier) for identifier in kept] == [1, 1, 1]


def test_a_server_that_never_answers_is_given_up(app: Flask, phone: BrowserContext, hang_up: Any) -> None:
    page = phone.new_page()
    page.clock.install()
    open_code(page, hang_up(VISIT))
    held: list[Any] = []
    page.route(API, lambda route: held.append(route))
    choose(page, "respect", "1")
    press(page, "send")
    expect(page.locator("[data-slot=state]")).to_have_text("अभी भेजने की कोशिश हो रही है …")
    page.clock.run_for(31_000)
    expect(page.locator("[data-slot=state]")).to_have_text("अभी नेटवर्क नहीं है।")
    page.unroute(API)
    page.clock.run_for(5000)
    expect(page.locator(".receipt .big")).to_be_visible()
    assert len(stored_answers()) == 1


def test_a_browser_that_clears_its_data_under_the_page_costs_no_answer(
    app: Flask, live_server: LiveServer, phone: BrowserContext, faults: Faults, hang_up: Any
) -> None:
    page = phone.new_page()
    open_code(page, hang_up(VISIT))
    faults.happening = ("unavailable",)
    choose(page, "respect", "1")
    press(page, "send")
    expect(page.locator(".kept h1")).to_be_visible()
    what = {"origin": live_server.url, "storageTypes": "indexeddb"}
    phone.new_cdp_session(page).send("Storage.clearDataForOrigin", what)
    faults.happening = (None,)
    # The page notices, puts it back, and sends it.
    expect(page.locator(".receipt .big")).to_be_visible()
    assert len(stored_answers()) == 1


def test_sending_never_passes_through_the_worker(app: Flask, phone: BrowserContext, hang_up: Any) -> None:
    page = phone.new_page()
    open_code(page, hang_up(VISIT))
    page.reload()
    through: list[bool] = []
    phone.on(
        "response", lambda answer: answer.url.endswith("/responses") and through.append(answer.from_service_worker)
    )
    choose(page, "respect", "1")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")
    assert through == [False]


@pytest.mark.parametrize("respect", ["1"])
def test_an_item_of_a_newer_page_waits_until_the_server_follows(
    app: Flask, phone: BrowserContext, hang_up: Any, respect: str
) -> None:
    page = phone.new_page()
    open_code(page, hang_up(VISIT))

    def newer(route: Any) -> None:
        items = route.request.post_data_json["responses"]
        route.continue_(post_data={"responses": [{**item, "v": 3, "more": 1} for item in items]})

    page.route(API, newer)
    choose(page, "respect", respect)
    press(page, "send")
    expect(page.locator("[data-slot=state]")).to_have_text("अभी भेजा नहीं जा सका। अपने-आप फिर कोशिश होगी।")
    page.unroute(API)
    expect(page.locator(".receipt .big")).to_be_visible(timeout=20_000)
    assert len(stored_answers()) == 1


def test_sending_is_tried_again_by_itself_and_ever_less_often(
    app: Flask, phone: BrowserContext, faults: Faults, hang_up: Any
) -> None:
    page = phone.new_page()
    page.clock.install()
    open_code(page, hang_up(VISIT))
    faults.happening = ("unavailable",)
    choose(page, "respect", "1")
    press(page, "send")
    expect(page.locator(".kept h1")).to_be_visible()
    gaps = []
    for _ in range(5):
        before, gap = len(faults.met), 0
        while len(faults.met) == before and gap < 200:
            page.clock.run_for(1000)
            page.wait_for_timeout(30)
            gap += 1
        gaps.append(gap)
    # Each pause is drawn from 0.2 s up to twice what it was drawn from before.
    assert all(gap <= 2 ** (at + 2) + 3 for at, gap in enumerate(gaps, 1)), gaps
    assert len(faults.met) >= 5
    assert stored_answers() == []
