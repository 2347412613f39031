"""What a page shows only later comes by itself, and nobody notices where it does not come."""

from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.actors.faults import Faults
from tests.browser.actors.walking import choose, open_code, press, reach, switch_language, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, open_context

PARTS = "/about/parts/"
#: when the page was painted, and when the parts were asked for
TIMES = """(parts) => [
  ...performance.getEntriesByName("first-contentful-paint"),
  ...performance.getEntriesByType("resource").filter(({ name }) => name.includes(parts)),
].map(({ startTime }) => startTime)"""


def test_without_it_the_form_is_sent_as_it_stands(app: Flask, faults: Faults, browser: Browser, hang_up: Any) -> None:
    faults.lost = ("/sw.js", "-hi.html", "-en.html")
    with open_context(browser) as phone:
        page = phone.new_page()
        page.goto(hang_up(VISIT))
        expect(page.locator("form.one")).to_be_visible()
        choose(page, "respect", "4")
        reach(page, "form > .actions [value=send]")
        page.locator("form > .actions [value=send]").click()
        expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"respect": 4})]


def test_both_languages_are_there_without_network(app: Flask, browser_context: BrowserContext, hang_up: Any) -> None:
    page = browser_context.new_page()
    open_code(page, hang_up(VISIT))
    browser_context.set_offline(True)
    choose(page, "respect", "4")
    reach(page, ".review [value=send]")
    for title, answer in (("How was respect?", "Good"), ("respect कैसा रहा?", "अच्छा")):
        switch_language(page)
        expect(page.locator(".told dt").nth(1)).to_have_text(title)
        expect(page.locator(".told dd").nth(2)).to_have_text(answer)
    press(page, "send")
    expect(page.locator(".kept h1")).to_have_text("इस फ़ोन में रखा है, अभी भेजा नहीं गया")
    switch_language(page)
    expect(page.locator(".kept h1")).to_have_text("Kept on this phone, not sent yet")
    browser_context.set_offline(False)
    expect(page.locator(".receipt h1")).to_have_text("Thank you. Your answer has arrived.", timeout=20_000)
    expect(page.locator(".steps")).to_contain_text("Chandanpur Kotwali Police Station")
    switch_language(page)
    expect(page.locator(".steps")).to_contain_text("थाना चंदनपुर कोतवाली के दूसरे जवाबों के साथ")


def test_what_comes_while_the_language_changes_finds_no_empty_form(
    app: Flask, browser_context: BrowserContext, hang_up: Any
) -> None:
    """The page is in the other language already, and what belongs to it is on its way, when the rules arrive."""
    browser_context.add_init_script("delete Navigator.prototype.serviceWorker")
    page, held = browser_context.new_page(), []
    page.route(lambda url: "/surveys/" in url or "-en.html" in url, lambda route: held.append(route))
    page.goto(hang_up(VISIT))
    choose(page, "respect", "4")
    page.locator("form > .actions [value=next], [data-go=next]").first.click()
    second = page.locator("fieldset.question:not([hidden])").get_attribute("id")
    wait_for(page, lambda: len(held) == 1)
    page.locator("button[name=_lang]").click()
    wait_for(page, lambda: len(held) == 2)
    rules, parts = held
    rules.continue_()
    page.wait_for_timeout(300)
    page.evaluate("dispatchEvent(new PopStateEvent('popstate', {state: history.state}))")
    parts.continue_()
    expect(page.locator("form.one [data-go=next]")).to_have_text("Next")
    expect(page.locator("fieldset.question:not([hidden])")).to_have_attribute("id", second or "")
    page.locator("[data-go=back]").click()
    expect(page.locator("input[name=respect][value='4']")).to_be_checked()


def test_it_is_asked_for_after_the_first_question_can_be_answered(
    app: Flask, live_server: LiveServer, browser: Browser, hang_up: Any
) -> None:
    """Where no worker brings it, the page does so itself."""
    context = open_context(browser)
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    page.goto(hang_up(VISIT))
    wait_for(page, lambda: bool(page.locator("#later-words").count()))
    painted, *asked = page.evaluate(TIMES, PARTS)
    assert [at > painted for at in asked] == [True]
    context.close()
