"""Who cannot keep an answer is told so before the first question, or as soon as it is known."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route, expect

from app.web.context import context
from tests.browser.actors.faults import Faults
from tests.browser.actors.memory import FULL
from tests.browser.actors.walking import choose, press, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import layout_faults, open_context, violations

NO_WORKER = "delete Navigator.prototype.serviceWorker"
ALL_LATER = ("/sw.js", "/answer-form.js", "/sending.js", "/language.js", "/draft.js", "/read-aloud.js", "/delivery.js")


@pytest.mark.parametrize(("lang", "words"), [("hi", "JavaScript के बिना"), ("en", "Without JavaScript")])
def test_without_scripts(app: Flask, browser: Browser, hang_up: Any, lang: str, words: str) -> None:
    with open_context(browser, script=False) as phone:
        page = phone.new_page()
        page.goto(f"{hang_up(VISIT)}?lang={lang}")
        told = page.locator("noscript p").first
        expect(told).to_contain_text(words)
        expect(told).to_be_visible()
        notice, first = told.bounding_box(), page.locator("button[value=send]").bounding_box()
        assert notice is not None
        assert first is not None
        assert notice["y"] + notice["height"] <= first["y"]
        choose(page, "respect", "2")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [(lang, {"respect": 2})]


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_without_a_worker_although_nothing_else_could_be_loaded(
    app: Flask, browser: Browser, faults: Faults, hang_up: Any, lang: str
) -> None:
    faults.lost = ALL_LATER
    with open_context(browser) as phone:
        phone.add_init_script(NO_WORKER)
        page = phone.new_page()
        page.goto(f"{hang_up(VISIT)}?lang={lang}", wait_until="commit")
        expect(page.locator("form.one")).to_be_visible()
        # Not awaited: it stands there with the first question.
        assert page.locator(".unkept").is_visible()
        assert violations(page) + layout_faults(page) == []
        faults.lost = ()
        choose(page, "respect", "2")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [(lang, {"respect": 2})]


@pytest.mark.parametrize(("lang", "words"), [("hi", "कुंजी नहीं है"), ("en", "key for locking answers is missing")])
def test_a_department_without_a_key_is_not_told_as_a_private_window(
    app: Flask, browser: Browser, hang_up: Any, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    monkeypatch.setattr(context().sealing, "_public", {})
    with open_context(browser) as phone:
        page = phone.new_page()
        page.goto(f"{hang_up(VISIT)}?lang={lang}")
        expect(page.locator(".unkept [data-slot=why]")).to_contain_text(words)
        assert violations(page) + layout_faults(page) == []
        choose(page, "respect", "2")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [(lang, {"respect": 2})]


def test_a_full_disk_that_is_noticed_at_the_second_question(
    app: Flask, browser: Browser, faults: Faults, hang_up: Any
) -> None:
    faults.lost = ("/sw.js",)
    with open_context(browser) as phone:
        page = phone.new_page()
        page.add_init_script(f"window.full = true;{FULL}")
        held: list[Route] = []
        page.route("**/delivery.js", lambda route: held.append(route))
        page.goto(hang_up(VISIT))
        choose(page, "purpose", "passport")
        page.locator("[data-go=next]").click()
        expect(page.locator("#q-respect")).to_be_visible()
        expect(page.locator(".unkept")).to_have_count(0)
        wait_for(page, lambda: bool(held))
        for route in held:
            route.continue_()
        expect(page.locator(".unkept")).to_be_visible()
        assert violations(page) + layout_faults(page) == []
        choose(page, "respect", "2")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [("hi", {"purpose": "passport", "respect": 2})]
