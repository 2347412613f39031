"""What a shared device or a borrowed phone still shows of somebody's answers: nothing, on the screen or on its disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserType, Page, expect

from app.domain.devices.device import DeviceKind
from tests.browser.actors.halves import kept
from tests.browser.actors.memory import KEPT_PAGES, rows_of
from tests.browser.actors.profiles import Profile
from tests.browser.actors.tablets import READY, START, next_person, register, set_up
from tests.browser.actors.walking import choose, open_code, press, wait_for, write
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import PHONE, LiveServer, open_context

SECRET = "नीलकंठी सीढ़ियों पर दो पहर"


@pytest.fixture
def profile(browser_type: BrowserType, whole_browser: dict[str, Any], tmp_path: Path) -> Iterator[Profile]:
    """Of the browser that people have, which writes more than its engine: of forms, of pages, of where it was."""
    profile = Profile(browser_type, whole_browser, tmp_path / "profile", PHONE)
    yield profile
    profile.close()


@pytest.fixture
def remembering(browser_type: BrowserType, whole_browser: dict[str, Any]) -> Iterator[Browser]:
    """A browser that keeps whole pages for Back and Forward, as those of people do; such a page is not loaded again."""
    switched_off = ["--disable-back-forward-cache"]
    browser = browser_type.launch(**whole_browser, ignore_default_args=switched_off)
    yield browser
    browser.close()


@pytest.fixture
def page(remembering: Browser, app: Flask, live_server: LiveServer) -> Iterator[Page]:
    with open_context(remembering) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/accessibility")
        page.evaluate("window.alive = true")
        page.goto(f"{live_server.url}/v")
        page.go_back(wait_until="commit")
        assert page.evaluate("window.alive"), "this browser keeps no page: the test would show nothing"
        yield page


def seen(page: Page) -> str:
    return str(
        page.evaluate(
            """() => [...document.querySelectorAll("input:checked, textarea")].map((field) => field.value).join()
              + document.body.innerText"""
        )
    )


def test_a_tablets_page_does_not_come_back_out_of_the_browsers_memory(page: Page, live_server: LiveServer) -> None:
    set_up(page, register(live_server, VISIT))
    for finished in (False, True):
        page.locator(START).click()
        choose(page, "purpose", "passport")
        choose(page, "respect", "1")
        if finished:
            press(page, "send")
            expect(page.locator("#gate[data-state=thanks]")).to_be_visible()
        page.goto(f"{live_server.url}/v")
        page.go_back(wait_until="commit")
        expect(page.locator(READY)).to_be_visible()
        assert page.locator("form#answers").is_hidden()
        assert page.locator("input:checked").count() == 0


def test_a_citizens_page_does_not_come_back_once_it_is_sent_or_left(
    page: Page, live_server: LiveServer, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "respect", "1")
    press(page, "more")
    write(page, "words", SECRET)
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    page.goto(f"{live_server.url}/v")
    page.go_back(wait_until="commit")
    expect(page.locator("form.one")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    assert SECRET not in seen(page)


def test_unfinished_answers_die_with_the_tab(app: Flask, profile: Profile, hang_up: Any) -> None:
    address = hang_up(VISIT)
    for end in (profile.close, profile.kill):
        page = profile.launch()
        open_code(page, address)
        choose(page, "respect", "1")
        press(page, "more")
        write(page, "words", SECRET)
        page.locator("[data-go=next]").click()
        end()
        assert profile.holds(SECRET) == []
        page = profile.launch()
        page.goto(address)
        expect(page.locator("form.one")).to_be_visible()
        assert page.locator("input:checked").count() == 0
        assert SECRET not in page.content() + seen(page)
        profile.close()


def test_a_page_that_is_loaded_again_shows_nothing_before_its_reader_goes_on(
    app: Flask, profile: Profile, hang_up: Any
) -> None:
    page = profile.launch()
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "1")
    press(page, "more")
    write(page, "words", SECRET)
    page.locator("[data-go=next]").click()
    # What was typed within the last fifth of a second may be lost with the page.
    kept(page)
    page.reload()
    expect(page.locator(".door")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    assert SECRET not in page.content() + seen(page)
    page.locator(".door [data-go=resume]").click()
    page.locator("[data-go=back]").click()
    expect(page.locator("textarea[name=words]")).to_have_value(SECRET)
    profile.kill()
    assert profile.holds(SECRET) == []


def test_no_text_of_an_answer_is_on_the_disk_whether_it_waits_or_was_sent(
    app: Flask, profile: Profile, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    page = profile.launch()
    open_code(page, address)
    page.context.set_offline(True)
    for number in range(2):
        choose(page, "respect", "2")
        press(page, "more")
        write(page, "words", f"{SECRET} {number}")
        press(page, "send")
        expect(page.locator(".kept h1")).to_be_visible()
        page.goto(address)
        expect(page.locator("form.one")).to_be_visible()
    profile.close()
    assert profile.holds(SECRET) == []
    page = profile.launch()
    page.goto(address)
    expect(page.locator(".kept-list [data-slot=state]").first).to_have_text("भेज दिया गया।")
    wait_for(page, lambda: len(stored_answers()) == 2)
    profile.close()
    assert profile.holds(SECRET) == []
    # What proves that the search would find something: the survey's own words are kept, since the page is.
    assert profile.holds("respect")


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_no_text_of_an_answer_is_on_a_devices_disk(
    app: Flask, profile: Profile, live_server: LiveServer, kind: DeviceKind
) -> None:
    page = profile.launch()
    path = set_up(page, register(live_server, VISIT, kind))
    page.context.set_offline(True)
    for _ in range(2):
        page.locator(START).click()
        if kind is DeviceKind.INTERVIEW:
            page.locator("[data-session=agree]").click()
            page.locator("[data-session=pass]:visible").click()
            expect(page.locator("form.one")).to_be_visible()
        choose(page, "respect", "1")
        press(page, "more")
        write(page, "words", SECRET)
        press(page, "send")
        expect(page.locator("#gate[data-state=thanks], #gate[data-state=returned]")).to_be_visible()
        if kind is DeviceKind.INTERVIEW:
            page.locator("[data-hold]").focus()
            page.keyboard.down("Space")
            expect(page.locator(READY)).to_be_visible()
            page.keyboard.up("Space")
        else:
            next_person(page)
    profile.kill()
    assert profile.holds(SECRET) == []
    page = profile.launch()
    page.goto(path)
    expect(page.locator("[data-slot=outbox]")).to_contain_text("सब जवाब भेजे जा चुके हैं", timeout=20_000)
    profile.close()
    assert profile.holds(SECRET) == []
    # What proves that the search would find something: the survey's own words are kept, since the page is.
    assert profile.holds("respect")


def test_nothing_of_a_code_is_kept_once_its_answer_is_stored(app: Flask, browser: Browser, hang_up: Any) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        open_code(page, hang_up(VISIT))
        choose(page, "respect", "1")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        wait_for(page, lambda: page.evaluate(KEPT_PAGES) == [])
        assert page.evaluate(rows_of("outbox", "drafts", "tabs")) == [[], [], []]
        assert page.evaluate("localStorage.length") == 0
