"""A tablet that asks one person after another, mostly without network."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from app.domain.accounts.role import Role
from app.services.devices.changes import revoke_device
from app.transaction import transaction
from tests.browser.actors.tablets import (
    READY,
    START,
    TABLET,
    Registered,
    answer,
    evidence,
    next_person,
    outbox,
    register,
    set_up,
    verdicts,
)
from tests.browser.actors.walking import choose, press, send_by_keyboard, tab_to, type_to_the_end, wait_for, write
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, faults_in_each_width, violations
from tests.fixtures.accounts import SignIn

SECRET = "बहुत निजी बात"


@pytest.fixture
def device(app: Flask, live_server: LiveServer) -> Registered:
    return register(live_server, VISIT)


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    page = browser_context.new_page()
    page.set_viewport_size(TABLET)
    return page


def test_a_tablet_is_set_up_with_a_code(page: Page, device: Registered) -> None:
    page.goto(f"{device.live.url}/k?lang=en")
    page.locator("#code").fill("AAAAA AAAAA")
    page.keyboard.press("Enter")
    expect(page.locator("#code-error")).to_contain_text("This code does not work")
    expect(page.locator("#code")).to_be_focused()
    address = set_up(page, device)
    assert "/k/" in address
    assert device.row().public_key is not None
    exported = page.evaluate(
        """() => new Promise((resolve) => {
            const open = indexedDB.open("samvad");
            open.onsuccess = () => {
              const own = open.result.transaction("own").objectStore("own").get("device");
              own.onsuccess = () => crypto.subtle.exportKey("pkcs8", own.result.keys.privateKey)
                .then(() => resolve("copied"), (error) => resolve(error.name));
            };
        })"""
    )
    assert exported == "InvalidAccessError"
    page.goto(f"{device.live.url}/k")
    expect(page.locator("#known")).to_be_visible()
    assert page.locator("#known a").get_attribute("href") in address


def test_a_day_without_network_and_three_citizens(
    page: Page, browser_context: BrowserContext, device: Registered
) -> None:
    address = set_up(page, device)
    entries = page.evaluate("history.length")
    browser_context.set_offline(True)
    page.reload()
    expect(page.locator(READY)).to_be_visible()
    for respect in ("1", "3", "5"):
        answer(page, purpose="passport", respect=respect)
        next_person(page)
        expect(page.locator("[data-slot=outbox]")).to_contain_text("कुछ जवाब भेजे जाने बाक़ी हैं")
        assert page.locator("input:checked").count() == 0
        assert page.evaluate("history.length") == entries
        assert page.url == address
    rows = outbox(page)
    assert sorted(row["item"]["sequence"] for row in rows) == [1, 2, 3]
    assert "passport" not in str(rows)
    browser_context.set_offline(False)
    expect(page.locator("[data-slot=outbox]")).to_contain_text("सब जवाब भेजे जा चुके हैं", timeout=20_000)
    wait_for(page, lambda: device.row().last_sequence == 3)
    assert (device.row().waiting, device.row().last_synced_at.minute) == (0, 0)
    assert [answers["respect"] for _, answers in sorted(stored_answers(), key=str)] == [1, 3, 5]
    assert verdicts() == [("counted", "[]")] * 3
    assert (device.runs(), evidence()) == ([(1, 3)], {"kiosk"})


def test_the_next_person_finds_nothing_of_the_one_before(page: Page, device: Registered) -> None:
    address = set_up(page, device)
    page.locator(START).click()
    choose(page, "purpose", "passport")
    choose(page, "respect", "1")
    press(page, "more")
    write(page, "words", SECRET)
    # Loading the page again, in the middle.
    page.reload()
    assert_clean(page)
    page.locator(START).click()
    choose(page, "purpose", "passport")
    # Leaving, and Back and Forward.
    page.goto("about:blank")
    page.go_back()
    assert_clean(page)
    page.go_forward()
    page.go_back()
    assert_clean(page)
    answer(page, purpose="passport", respect="1")
    next_person(page)
    assert_clean(page)
    page.go_back()
    page.goto(address)
    assert_clean(page)


def assert_clean(page: Page) -> None:
    expect(page.locator(READY)).to_be_visible()
    assert page.locator("form#answers").is_hidden()
    assert SECRET not in page.evaluate(
        "() => [...document.querySelectorAll('input, textarea')].map((field) => field.value).join()"
        " + document.body.innerText"
    )
    assert page.evaluate("document.querySelectorAll('input:checked').length") == 0
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.evaluate("JSON.stringify(history.state)") == "null"


def test_nothing_invites_the_browser_to_remember_what_is_typed(page: Page, device: Registered) -> None:
    set_up(page, device)
    assert page.locator("form#answers").get_attribute("autocomplete") == "off"
    fields = page.evaluate(
        """() => [...document.querySelector("#more").content.querySelectorAll("textarea, input")]
          .filter((field) => !["radio", "checkbox"].includes(field.type))
          .map((field) => [field.autocomplete, field.list])"""
    )
    assert fields
    assert all(how in ("off", "") and not listed for how, listed in fields)


def test_who_walks_away_is_asked_after_and_forgotten(page: Page, device: Registered) -> None:
    set_up(page, device)
    page.clock.install()
    page.locator(START).click()
    choose(page, "purpose", "passport")
    page.clock.run_for(59_000)
    expect(page.locator(".veil")).to_have_count(0)
    page.clock.run_for(2_000)
    expect(page.locator(".veil [data-session=stay]")).to_be_focused()
    assert violations(page) == []
    page.locator(".veil [data-session=stay]").click()
    expect(page.locator(".veil")).to_have_count(0)
    expect(page.locator("input[value=passport]")).to_be_checked()
    page.clock.run_for(61_000)
    expect(page.locator(".veil")).to_be_visible()
    page.clock.run_for(20_000)
    assert_clean(page)
    page.locator("button[name=_lang]").click()
    expect(page.locator("html[lang=en]")).to_have_count(1)
    expect(page.locator("[data-slot=outbox]")).not_to_be_empty()
    page.clock.run_for(1_000)
    page.clock.run_for(81_000)
    expect(page.locator("html[lang=hi]")).to_have_count(1)


def test_both_languages_work_without_network(page: Page, browser_context: BrowserContext, device: Registered) -> None:
    set_up(page, device)
    browser_context.set_offline(True)
    page.locator("button[name=_lang]").click()
    expect(page.locator("html[lang=en]")).to_have_count(1)
    expect(page.locator(START)).to_have_text("Start")
    page.locator(START).click()
    choose(page, "purpose", "passport")
    page.locator("[data-go=next]").click()
    page.locator("button[name=_lang]").click()
    expect(page.locator("html[lang=hi]")).to_have_count(1)
    expect(page.locator("#q-respect")).to_be_visible()
    expect(page.locator("input[value=passport]")).to_be_checked()
    page.locator("[data-go=back]").click()
    expect(page.locator("#q-purpose")).to_be_visible()
    choose(page, "respect", "4")
    press(page, "send")
    expect(page.locator("#gate h1")).to_have_text("धन्यवाद। आपका जवाब ताले में सुरक्षित रख लिया गया है।")
    expect(page.locator("#gate h1")).to_be_focused()
    next_person(page)


def test_leaving_clears_at_once(page: Page, device: Registered) -> None:
    set_up(page, device)
    page.locator(START).click()
    choose(page, "purpose", "passport")
    page.locator(".bar [data-session=clean]").click()
    assert_clean(page)


def test_a_revoked_tablet_says_so_and_stops_and_sends_what_it_holds(
    page: Page, browser_context: BrowserContext, device: Registered
) -> None:
    address = set_up(page, device)
    browser_context.set_offline(True)
    answer(page, purpose="passport", respect="1")
    next_person(page)
    with transaction() as session:
        revoke_device(session, device.id, actor_id=None, now=datetime.now(UTC))
    page.locator(START).click()
    choose(page, "purpose", "complaint")
    browser_context.set_offline(False)
    # Nobody is interrupted.
    wait_for(page, lambda: device.row().last_synced_at is not None)
    expect(page.locator("#q-purpose")).to_be_visible()
    page.locator(".bar [data-session=clean]").click()
    expect(page.locator("h1")).to_have_text("यह उपकरण अब चालू नहीं है")
    device.live.stop()
    page.goto(address)
    expect(page.locator("#gate[data-state=over]")).to_be_visible()
    assert verdicts() == [("set_aside", '["device_revoked"]')]


def test_a_deleted_outbox_is_seen_in_the_office(
    page: Page, browser_context: BrowserContext, device: Registered, sign_in: SignIn
) -> None:
    set_up(page, device)
    browser_context.set_offline(True)
    for _ in range(2):
        answer(page, purpose="passport", respect="1")
        next_person(page)
    page.evaluate(
        """() => new Promise((resolve) => {
            const open = indexedDB.open("samvad");
            open.onsuccess = () => {
              const gone = open.result.transaction("outbox", "readwrite");
              gone.objectStore("outbox").clear();
              gone.oncomplete = () => { open.result.close(); resolve(); };
            };
        })"""
    )
    answer(page, purpose="passport", respect="5")
    next_person(page)
    browser_context.set_offline(False)
    wait_for(page, lambda: device.row().last_sequence == 3)
    assert device.runs() == [(3, 3)]
    office = sign_in(Role.STATE_ADMIN, device.place_id(), language="en").get(f"/office/devices/{device.id}").text
    assert "2 answers were given here and are neither on the server nor on the device. Numbers missing: 1–2." in office


def test_another_browser_is_not_this_tablet(page: Page, browser_context: BrowserContext, device: Registered) -> None:
    address = set_up(page, device)
    browser_context.clear_cookies()
    page.evaluate("indexedDB.deleteDatabase('samvad')")
    page.goto(address)
    expect(page.locator("#gate[data-state=foreign]")).to_be_visible()
    assert page.locator(START).count() == 0


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_every_page_can_be_used_by_everyone(page: Page, device: Registered, lang: str) -> None:
    page.goto(f"{device.live.url}/k?lang={lang}")
    assert faults_in_each_width(page) == []
    address = set_up(page, device)
    page.goto(f"{address}?lang={lang}")
    expect(page.locator(READY)).to_be_visible()
    assert faults_in_each_width(page) == []
    tab_to(page, START)
    keys = page.keyboard
    keys.press("Enter")
    expect(page.locator("#q-purpose > legend")).to_be_focused()
    assert faults_in_each_width(page) == []
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    expect(page.locator("#q-respect > legend")).to_be_focused()
    keys.press("Tab")
    keys.press("Space")
    type_to_the_end(page)
    assert faults_in_each_width(page) == []
    send_by_keyboard(page)
    expect(page.locator("[data-state=thanks] h1")).to_be_focused()
    assert faults_in_each_width(page) == []
    tab_to(page, "[data-state=thanks] button")
    keys.press("Enter")
    expect(page.locator(READY)).to_be_visible()
