"""A web server as production runs it, which is killed and started again while a phone answers."""

from playwright.sync_api import Browser, BrowserType, expect

from tests.benchmarks.harness.rooms import room, server
from tests.browser.actors.walking import choose, open_code, press, switch_language
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import layout_faults, open_context, violations


def test_what_is_answered_while_it_is_down_arrives_once_it_is_up(browser: Browser) -> None:
    with room(VISIT) as place, open_context(browser) as phone:
        page = phone.new_page()
        with server(place.settings) as first:
            address = f"http://127.0.0.1:{first.port}/s/{place.token.lower()}"
            open_code(page, address)
            first.kill()
        page.goto(address)
        choose(page, "respect", "2")
        switch_language(page)
        press(page, "send")
        expect(page.locator(".kept h1")).to_have_text("Kept on this phone, not sent yet")
        expect(page.locator("[data-slot=state]")).to_have_text("There is no network now.")
        page.clock.install()
        page.goto(address)
        expect(page.locator(".kept-list li")).to_have_count(1)
        with server(place.settings, first.port):
            # Until it is tried again by itself.
            page.clock.run_for(60_000)
            expect(page.locator(".kept-list [data-slot=state]")).to_have_text("भेज दिया गया।")
            assert stored_answers() == [("en", {"respect": 2})]


def test_plain_http_is_told_before_the_first_question(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> None:
    """Of another name than localhost, which browsers trust whatever comes from there."""
    arguments = dict(browser_type_launch_args)
    mapped = "--host-resolver-rules=MAP samvad.example 127.0.0.1"
    arguments["args"] = [*arguments["args"], mapped]  # type: ignore[misc]
    browser = browser_type.launch(**arguments)  # type: ignore[arg-type]
    with room(VISIT) as place, server(place.settings) as web, open_context(browser) as phone:
        page = phone.new_page()
        for lang, words in (("en", "This phone cannot keep"), ("hi", "इस फ़ोन में जवाब रखा नहीं जा सकता")):
            page.goto(f"http://samvad.example:{web.port}/s/{place.token.lower()}?lang={lang}")
            assert page.evaluate("isSecureContext") is False
            expect(page.locator(".unkept h2")).to_contain_text(words)
        assert violations(page) + layout_faults(page) == []
        choose(page, "respect", "2")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [("hi", {"respect": 2})]
    browser.close()
