"""What a page says after sending is what happened, each sentence only in its own state."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.actors.faults import Faults
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import layout_faults

API = "**/api/v1/responses"
SENDING, KEPT = "भेजा जा रहा है …", "इस फ़ोन में रखा है, अभी भेजा नहीं गया"
THANKS = "धन्यवाद। आपका जवाब पहुँच गया।"
#: every heading of a state, in the order in which they were there
WATCH = """() => {
  window.said = [];
  new MutationObserver(() => {
    const title = document.querySelector(".state h1")?.textContent;
    if (title && title !== window.said[window.said.length - 1]) window.said.push(title);
  }).observe(document, { childList: true, subtree: true });
}"""


@pytest.fixture
def page(browser_context: BrowserContext, hang_up: Any) -> Page:
    page = browser_context.new_page()
    page.clock.install()
    open_code(page, hang_up(VISIT))
    page.evaluate(WATCH)
    choose(page, "respect", "4")
    return page


def test_what_arrives_at_once_is_never_said_to_wait(app: Flask, page: Page) -> None:
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    page.clock.run_for(5000)
    assert page.evaluate("said") == [SENDING, THANKS]
    assert len(stored_answers()) == 1


def test_what_takes_long_is_said_to_be_kept(app: Flask, page: Page) -> None:
    held: list[Any] = []
    page.route(API, lambda route: held.append(route))
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    press(page, "send")
    expect(page.locator(".state h1")).to_have_text(SENDING)
    assert page.locator(".state [class*=kept], .state .notice").count() == 0
    assert layout_faults(page) == []
    page.clock.run_for(1900)
    assert page.evaluate("said") == [SENDING]
    page.clock.run_for(200)
    expect(page.locator(".state h1")).to_have_text(KEPT)
    expect(page.locator(".state [data-slot=state]")).to_have_text("अभी भेजने की कोशिश हो रही है …")
    for route in held:
        route.continue_()
    expect(page.locator(".receipt .big")).to_be_visible()
    assert page.evaluate("said") == [SENDING, KEPT, THANKS]


def test_what_fails_is_said_to_be_kept_at_once(app: Flask, faults: Faults, page: Page) -> None:
    page.context.set_offline(True)
    press(page, "send")
    expect(page.locator(".state h1")).to_have_text(KEPT)
    expect(page.locator(".state [data-slot=state]")).to_have_text("अभी नेटवर्क नहीं है।")
    expect(page.locator(".state > p").first).to_contain_text("आईफ़ोन में सात दिन तक")
    assert page.evaluate("said") == [SENDING, KEPT]
    page.locator("button[name=_lang]").click()
    expect(page.locator(".state [data-slot=state]")).to_have_text("There is no network now.")


def test_a_busy_server_is_said_too(app: Flask, faults: Faults, page: Page) -> None:
    faults.happening = ("busy",)
    press(page, "send")
    expect(page.locator(".state h1")).to_have_text(KEPT)
    expect(page.locator(".state [data-slot=state]")).to_have_text("अभी भेजा नहीं जा सका। अपने-आप फिर कोशिश होगी।")
