"""The oldest browser that runs the scripts, and one that knows no templates, tried by taking away what came later."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from app.transaction import transaction
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, Watched, open_context
from tests.browser.devices.test_counter_screen import WORKS, set_up
from tests.factories import register_screen

#: what came to Chrome after version 80, and can be taken away
LATER = """
for (const [name, ...members] of [
  ["Element.prototype", "replaceChildren", "ariaPressed", "checkVisibility", "setHTMLUnsafe", "computedStyleMap"],
  ["Document.prototype", "replaceChildren", "startViewTransition", "hasStorageAccess"],
  ["DocumentFragment.prototype", "replaceChildren"],
  ["Array.prototype", "at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"],
  ["Array", "fromAsync"],
  ["String.prototype", "at", "replaceAll", "isWellFormed", "toWellFormed"],
  ["Object", "hasOwn", "groupBy"],
  ["Map", "groupBy"],
  ["Promise", "any", "withResolvers", "try"],
  ["AbortSignal", "timeout", "any"],
  ["Crypto.prototype", "randomUUID"],
  ["Set.prototype", "union", "intersection", "difference", "isSubsetOf"],
  ["Blob.prototype", "bytes"],
  ["Response", "json"],
  ["URL", "canParse", "parse"],
  ["Iterator.prototype", "map", "filter", "find", "some", "toArray"],
  ["self", "structuredClone", "reportError", "WeakRef", "scheduler", "CompressionStream", "navigation"],
]) {
  const owner = name.split(".").reduce((object, part) => object?.[part], self);
  for (const member of owner ? members : []) delete owner[member];
}
"""


@pytest.fixture
def old(browser: Browser) -> Any:
    context = open_context(browser)
    context.add_init_script(LATER)
    watched = Watched(context)
    yield context.new_page()
    context.close()
    assert watched.complaints == []


def test_an_answer_is_sent_and_one_that_waits_too(app: Flask, old: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(old, address)
    choose(old, "respect", "4")
    press(old, "send")
    expect(old.locator(".receipt .big")).to_be_visible()
    open_code(old, address)
    old.context.set_offline(True)
    choose(old, "respect", "2")
    press(old, "send")
    expect(old.locator(".kept h1")).to_be_visible()
    old.locator("[data-go=again]").click()
    expect(old.locator("[data-slot=state]")).to_have_text("अभी नेटवर्क नहीं है।")
    old.goto(address)
    expect(old.locator(".kept-list li")).to_have_count(1)
    old.context.set_offline(False)
    expect(old.locator(".kept-list [data-slot=state]")).to_have_text("भेज दिया गया।", timeout=20_000)
    assert len(stored_answers()) == 2


def test_a_counter_screen_works(app: Flask, live_server: LiveServer, old: Page) -> None:
    with transaction() as session:
        screen = register_screen(session, now=datetime.now(UTC))
    set_up(old, live_server, screen.code)
    expect(old.locator(WORKS)).to_be_visible()


def test_what_is_inert_is_not_shown_where_a_browser_does_not_know_it(
    app: Flask, browser: Browser, hang_up: Any
) -> None:
    """A rule of the page's own style hides it, as it does for every element that a browser has never heard of."""

    def unknown(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(r"(</?)template\b", r"\1x-unknown", answer.text()).replace("template{", "x-unknown{")
        headers = {name: value for name, value in answer.headers.items() if name != "content-security-policy"}
        route.fulfill(response=answer, body=text, headers=headers)

    with open_context(browser, script=False) as phone:
        page = phone.new_page()
        address = hang_up(VISIT)
        page.route(address, unknown)
        page.goto(address)
        hidden = page.locator("x-unknown")
        assert hidden.count() > 1
        for at in range(hidden.count()):
            expect(hidden.nth(at)).to_be_hidden()
