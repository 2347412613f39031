"""A slip in a real browser: opened from behind the #, in both languages, without network, and counted once."""

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.models import Redemption
from app.transaction import reading, transaction
from app.web.context import context
from tests.browser.actors.walking import choose, open_code, press, wait_for
from tests.browser.conftest import LiveServer, layout_faults, open_context, violations
from tests.factories import VISIT, add_place, add_placement, add_serials, add_survey


def slip_address(live_server: LiveServer) -> str:
    with live_server.app.app_context(), transaction() as session:
        placement = add_placement(session, add_place(session), add_survey(session, VISIT), channel=Channel.SLIP)
        (token,) = add_serials(session, placement, 1, context().codes)
        return f"{live_server.url}/S/#{context().tokens.sign(token)}"


def redeemed() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Redemption)) or 0


def answer(page: Page) -> None:
    choose(page, "purpose", "passport")
    press(page, "send")


def said(page: Page) -> str:
    """After sending, but for the number."""
    number = page.locator(".receipt .big").inner_text()
    return page.locator("main").inner_text().replace(number, "")


def test_a_slip_counts_once_and_the_second_phone_is_told_the_same(
    app: Flask, browser: Browser, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    address, asked = slip_address(live_server), []
    page = browser_context.new_page()
    browser_context.on("request", lambda request: asked.append(request.url))
    open_code(page, address)
    expect(page.locator("form.one")).to_be_visible()
    assert layout_faults(page) == []
    page.reload()
    expect(page.locator("form.one")).to_be_visible()
    page.locator("button[name=_lang]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert redeemed() == 0
    answer(page)
    expect(page.locator(".receipt h1")).to_have_text("Thank you. Your answer has arrived.")
    page.locator("button[name=_lang]").click()
    expect(page.locator("html")).to_have_attribute("lang", "hi")
    first = said(page)
    assert redeemed() == 1
    token = address.partition("#")[2].lower()
    assert token not in page.url.lower()
    assert [url for url in asked if token in url.partition("#")[0].lower()] == []
    other = open_context(browser)
    second = other.new_page()
    open_code(second, address)
    answer(second)
    assert said(second) == first
    assert layout_faults(second) == []
    other.close()
    assert redeemed() == 1


def test_a_slip_that_was_opened_goes_on_without_network(
    app: Flask, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    address = slip_address(live_server)
    page = browser_context.new_page()
    open_code(page, address)
    expect(page.locator("form.one")).to_be_visible()
    page.reload(wait_until="networkidle")
    browser_context.set_offline(True)
    page.reload()
    expect(page.locator("form.one")).to_be_visible()
    page.locator("button[name=_lang]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    answer(page)
    expect(page.locator(".receipt.kept")).to_be_visible()
    assert redeemed() == 0
    browser_context.set_offline(False)
    expect(page.locator(".receipt h1")).to_have_text("Thank you. Your answer has arrived.", timeout=30_000)
    assert redeemed() == 1


def test_the_skip_link_and_other_fragments_leave_token_and_steps_alone(
    app: Flask, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    address = slip_address(live_server)
    page = browser_context.new_page()
    open_code(page, address)
    choose(page, "purpose", "passport")
    choose(page, "respect", "2")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    assert page.url.partition("#")[2] == address.partition("#")[2]
    page.evaluate("location.hash = 'help'")
    page.wait_for_timeout(300)
    expect(page.locator("#q-respect input[value='2']")).to_be_checked()
    page.go_back()
    page.locator("[data-go=back]").click()
    expect(page.locator("#q-purpose input[value=passport]")).to_be_checked()
    other = slip_address(live_server)
    page.evaluate("token => location.hash = token", other.partition("#")[2])
    expect(page.locator("form.one")).to_be_visible()
    wait_for(page, lambda: page.locator("input:checked").count() == 0)
    expect(page.locator("form.one")).to_have_attribute("data-token", other.partition("#")[2])


def test_a_sent_slip_stays_sent_when_its_page_is_loaded_again(
    app: Flask, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    page = browser_context.new_page()
    open_code(page, slip_address(live_server))
    expect(page.locator("form.one")).to_be_visible()
    page.reload(wait_until="networkidle")
    browser_context.set_offline(True)
    answer(page)
    expect(page.locator(".receipt.kept")).to_be_visible()
    page.reload()
    expect(page.locator(".kept-list li")).to_have_count(1)
    expect(page.locator("h1", has_text="आपका जवाब पहुँच चुका है")).to_have_count(0)
    browser_context.set_offline(False)
    expect(page.locator(".kept-list [data-slot=state]")).to_have_text("भेज दिया गया।", timeout=30_000)
    page = browser_context.new_page()
    open_code(page, address := slip_address(live_server))
    token = address.partition("#")[2].lower()
    answer(page)
    expect(page.locator(".receipt .big")).to_be_visible()
    for _ in range(2):
        page.reload()
        expect(page.locator("h1:visible")).to_have_text("आपका जवाब पहुँच चुका है")
        expect(page.locator("[data-typed]")).to_have_count(0)
        assert violations(page) + layout_faults(page) == []
        assert token not in page.url.lower() + page.evaluate("JSON.stringify([history.state, sessionStorage])").lower()
    assert redeemed() == 2
    # Whoever comes next types a number or scans a slip, as before.
    page.goto(f"{live_server.url}/s/")
    expect(page.locator("[data-typed]")).to_be_visible()


def test_a_slip_that_was_used_elsewhere_meanwhile_can_be_gone_on_with_and_is_thanked(
    app: Flask, browser: Browser, live_server: LiveServer, browser_context: BrowserContext
) -> None:
    address = slip_address(live_server)
    page = browser_context.new_page()
    open_code(page, address)
    choose(page, "purpose", "passport")
    wait_for(page, lambda: page.evaluate("sessionStorage.key !== undefined"))
    page.wait_for_timeout(500)
    with open_context(browser) as elsewhere:
        other = elsewhere.new_page()
        open_code(other, address)
        answer(other)
        expect(other.locator(".receipt .big")).to_be_visible()
    page.reload()
    page.locator(".door [data-go=resume]").click()
    press(page, "send")
    # The same words as for everybody: whether it counts is told to nobody.
    expect(page.locator(".receipt .big")).to_be_visible()
    assert redeemed() == 1


def test_without_a_script_the_number_is_typed(browser: Browser, live_server: LiveServer) -> None:
    address = slip_address(live_server)
    without = open_context(browser, script=False)
    page = without.new_page()
    page.goto(address)
    expect(page.locator("h1")).to_have_text("पर्ची पर छपा नंबर लिखें")
    assert layout_faults(page) == []
    without.close()
