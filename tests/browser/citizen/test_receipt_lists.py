"""Whoever looks for a confirmation number: with scripts and without, and what the server gets to know of it."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route, expect
from sqlalchemy import insert

from app.config import Settings
from app.domain.responses.receipt_number import in_digits, in_groups, number_of_secret
from app.formats.crypto.sealing import from_text
from app.jobs.record.keeping import keep_record
from app.models import ReceiptNumber
from app.services.record.receipt_lists import lists_due, new_entries
from app.services.record.receipts import count_receipts
from app.transaction import transaction
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.conftest import PHONE, LiveServer, faults_in_each_width, layout_faults, open_context
from tests.factories import VISIT

MONDAY = datetime(2026, 12, 7, 5, 30, tzinfo=UTC)
LIST = "/r/receipts/2026-11-30?lang=en"


def publish(number: int) -> list[int]:
    numbers = Random(number).sample(range(10**12), number)  # noqa: S311
    with transaction() as session:
        week = MONDAY.date() - timedelta(days=7)
        session.execute(insert(ReceiptNumber), [{"week": week, "number": each, "times": 1} for each in numbers])
        new_entries(session, lists_due(session, MONDAY))
    return numbers


@pytest.mark.parametrize("number", [300, 12_000], ids=["one page", "in parts"])
def test_whoever_has_a_number_finds_it_and_tells_nobody(
    live_server: LiveServer, app: Flask, browser: Browser, number: int
) -> None:
    numbers = publish(number)
    mine = numbers[7]
    other = next(at for at in range(mine + 1, 10**12) if at not in numbers)
    context = open_context(browser)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    page = context.new_page()
    page.goto(live_server.url + LIST)
    box = page.get_by_label("Your confirmation number")
    box.fill(in_groups(mine)[:-1])
    expect(page.locator("[data-said]:not([hidden])")).to_have_count(0)
    box.fill(in_groups(mine))
    expect(page.get_by_text("Your number is in this list.")).to_be_visible()
    box.press("Enter")
    box.fill(in_digits(other))
    expect(page.get_by_text("Your number is not in this list.")).to_be_visible()
    box.fill(in_digits(mine).translate({ord(str(at)): chr(0x966 + at) for at in range(10)}))
    expect(page.get_by_text("Your number is in this list.")).to_be_visible()
    told = [each.removeprefix(live_server.url) for each in asked]
    assert not any(
        in_digits(each)[:3] in address for each in (mine, other) for address in told if "receipts" in address
    )
    assert page.url == live_server.url + LIST
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_without_scripts_it_is_found_by_eye(live_server: LiveServer, app: Flask, browser: Browser) -> None:
    mine = publish(12_000)[7]
    context = open_context(browser, script=False)
    page = context.new_page()
    page.goto(live_server.url + "/r/receipts?lang=en")
    page.get_by_role("link", name="30 November 2026 to 6 December 2026").click()
    expect(page.get_by_label("Your confirmation number")).to_be_hidden()
    page.get_by_role("link", name=f"{in_digits(mine)[0]}…").click()
    expect(page.get_by_text(in_groups(mine))).to_be_visible()
    assert page.url.endswith(f"/{in_digits(mine)[0]}?lang=en")
    context.close()


def test_the_phone_shows_the_number_that_it_made_whatever_the_server_says(
    browser: Browser, app: Flask, hang_up: Any
) -> None:
    """A server that gave two people one number could keep one answer and satisfy both."""
    context = open_context(browser)
    sent: list[dict[str, Any]] = []

    def answer(route: Route) -> None:
        items = json.loads(route.request.post_data or "")["responses"]
        sent.extend(items)
        said = {"status": "stored", "number": "1111 1111 1111"}
        route.fulfill(json={"receipts": [{"id": item["id"], **said} for item in items]})

    context.route("**/api/v1/responses", answer)
    page = context.new_page()
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "4")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    (item,) = sent
    assert item["v"] == 2
    assert page.locator(".receipt .big").inner_text() == in_groups(number_of_secret(from_text(item["receipt"])))
    assert page.get_by_role("link", name="सोमवार की सूची").get_attribute("href") == "/r/receipts"
    context.close()


@pytest.mark.parametrize(("language", "scheme"), [("hi", "dark"), ("en", "light")])
def test_every_page_is_sound_for_everyone(
    live_server: LiveServer, app: Flask, settings: Settings, browser: Browser, language: str, scheme: str
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    address = f"{live_server.url}/r/receipts"
    page.goto(f"{address}?lang={language}")
    assert faults_in_each_width(page) == [], "without a list"
    mine = publish(12_000)[7]
    for path in ("", "/2026-11-30", f"/2026-11-30/{in_digits(mine)[0]}"):
        page.goto(f"{address}{path}?lang={language}")
        if path:
            page.locator("#number").fill(in_groups(mine))
            expect(page.locator("[data-said=found]")).to_be_visible()
        assert faults_in_each_width(page) == [], path
    with transaction() as session:
        count_receipts(session, [mine], MONDAY)
    keep_record(settings, MONDAY)
    page.goto(f"{address}?lang={language}")
    for typed, shown in (("12", ".error"), (in_groups(mine + 1), ".big"), (in_groups(mine), ".note")):
        page.locator("#number").fill(typed)
        page.locator("form.card button").click()
        expect(page.locator(shown)).to_be_visible()
        assert faults_in_each_width(page) == [], shown
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert [fault for fault in layout_faults(page) if fault.startswith(("scrolls", "clipped"))] == []
    context.close()


def test_without_scripts_a_proof_is_kept_as_a_file(
    live_server: LiveServer, app: Flask, settings: Settings, browser: Browser
) -> None:
    keep_record(settings, MONDAY)
    with transaction() as session:
        count_receipts(session, [12], MONDAY)
    context = open_context(browser, script=False)
    page = context.new_page()
    page.goto(live_server.url + "/r/receipts?lang=en")
    page.get_by_label("Your confirmation number").fill("0000 0000 0012")
    page.get_by_role("button", name="Ask for a proof").click()
    page.get_by_role("button", name="हिन्दी").click()
    expect(page.locator("html")).to_have_attribute("lang", "hi")
    page.get_by_role("button", name="English").click()
    shown = page.locator(".note").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    kept = download.value.path().read_text("utf-8")
    assert kept.strip() == shown.strip()
    assert kept.startswith("samvad received 1\nlocalhost/r/record\n000000000012\n2026-12-07\n\n")
    assert page.url == live_server.url + "/r/receipts"
    context.close()
