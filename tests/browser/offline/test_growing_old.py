"""How long half an answer may come back: by the time since its page was open, whatever the phone's clock says."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.actors.halves import DOOR, all_by, go_on, gone, halves, is_settled, kept, turn_clock
from tests.browser.actors.walking import choose, open_code, press, wait_for
from tests.browser.citizen.test_citizen_page import NEUTRAL, VISIT
from tests.browser.conftest import LiveServer

DISCARDED = "Object.defineProperty(document, 'wasDiscarded', { value: true })"

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    browser_context.route(
        f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    return browser_context.new_page()


def test_it_grows_old_after_half_an_hour(page: Page, live_server: LiveServer, hang_up: Any) -> None:
    for minutes, held in ((29, True), (32, False)):
        open_code(page, hang_up(VISIT))
        choose(page, "respect", "2")
        kept(page)
        page.goto(f"{live_server.url}/robots.txt")
        turn_clock(page, minutes=minutes)
        page.go_back()
        wait_for(page, partial(is_settled, page, held=held))
        expect(page.locator(DOOR)).to_have_count(int(held))


def test_while_the_page_is_open_it_never_grows_old(page: Page, hang_up: Any) -> None:
    page.add_init_script("{ const set = setInterval; setInterval = (work, ms) => set(work, ms / 600); }")
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "2")
    kept(page)
    turn_clock(page, minutes=180)
    now = page.evaluate("Math.floor(Date.now() / 60000)")
    wait_for(page, lambda: halves(page)[0]["at"] >= now)
    page.reload()
    go_on(page)


@pytest.mark.parametrize("years", [-27, 70])
def test_a_phones_clock_may_be_years_off_and_be_set_right(page: Page, hang_up: Any, years: int) -> None:
    off = years * 525_600
    turn_clock(page, minutes=off)
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "2")
    kept(page)
    page.reload()
    go_on(page)
    # What is set right while the page stands open is noticed when it is hidden or looked at.
    turn_clock(page, minutes=-off)
    kept(page)
    page.reload()
    go_on(page)
    expect(page.locator("#q-heard")).to_be_visible()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()


def test_what_comes_from_the_future_is_as_of_now(page: Page, live_server: LiveServer, hang_up: Any) -> None:
    left = page.context.new_page()
    open_code(left, hang_up(VISIT))
    turn_clock(left, minutes=525_600)
    choose(left, "respect", "2")
    kept(left)
    left.close()
    for minutes, count in ((0, 1), (32, 0)):
        turn_clock(page, minutes=minutes)
        page.goto(f"{live_server.url}/v")
        now = page.evaluate("Math.floor(Date.now() / 60000)")
        wait_for(page, partial(all_by, page, now, count))


def test_what_a_killed_tab_left_is_deleted_by_the_first_page_after_its_time(
    page: Page, live_server: LiveServer, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    left = page.context.new_page()
    open_code(left, address)
    choose(left, "respect", "2")
    kept(left)
    left.close()
    page.goto(f"{live_server.url}/v")
    page.wait_for_load_state("networkidle")
    assert len(halves(page)) == 1
    turn_clock(page, minutes=32)
    page.goto(f"{live_server.url}/v")
    wait_for(page, lambda: not halves(page))


def test_what_cannot_be_told_from_a_tab_that_was_closed_and_opened_again_is_deleted_unseen(
    page: Page, hang_up: Any
) -> None:
    """Chromium says the same of a restored tab as of Back from elsewhere where no whole pages are kept, as here."""
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "2")
    kept(page)
    page.goto("about:blank")
    page.go_back()
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "back_forward"
    wait_for(page, lambda: gone(page))
    expect(page.locator(DOOR)).to_have_count(0)


@pytest.mark.parametrize(("minutes", "count"), [(9, 1), (12, 0)])
def test_an_engine_that_tells_nothing_of_a_closed_tab_keeps_for_ten_minutes(
    page: Page, hang_up: Any, minutes: int, count: int
) -> None:
    page.add_init_script("delete PerformanceNavigationTiming.prototype.notRestoredReasons; delete window.navigation;")
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "2")
    kept(page)
    page.goto("about:blank")
    turn_clock(page, minutes=minutes)
    page.go_back()
    wait_for(page, lambda: page.locator(DOOR).count() == 1 if count else gone(page))
    expect(page.locator(DOOR)).to_have_count(count)
