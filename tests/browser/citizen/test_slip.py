"""A slip in a real browser: opened from behind the #, in both languages, without network, and counted once."""

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.models import Redemption
from app.transaction import reading, transaction
from app.web.context import context
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.conftest import LiveServer, layout_faults, open_context
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


def test_without_a_script_the_number_is_typed(browser: Browser, live_server: LiveServer) -> None:
    address = slip_address(live_server)
    without = open_context(browser, script=False)
    page = without.new_page()
    page.goto(address)
    expect(page.locator("h1")).to_have_text("पर्ची पर छपा नंबर लिखें")
    assert layout_faults(page) == []
    without.close()
