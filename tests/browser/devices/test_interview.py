"""An interviewer's phone: consent, quotas, refusals, one paused household, and a phone that changes hands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import select

from app.cli import commands
from app.domain.devices.device import DeviceKind
from app.models import RefusalCount, Survey
from app.services.surveys.quotas import set_quotas
from app.transaction import reading, transaction
from tests.browser.actors.memory import rows_of
from tests.browser.actors.tablets import Registered, evidence, outbox, register, set_up, verdicts
from tests.browser.actors.walking import choose, press, send_by_keyboard, tab_to, wait_for, write
from tests.browser.citizen.test_citizen_page import stored_answers
from tests.browser.conftest import PHONE, LiveServer, layout_faults, violations
from tests.factories import definition, question
from tests.fixtures.outbox import NOW

PEOPLE = definition(
    [
        question("sex", "select_one", "woman", "man"),
        question("age", "select_one", "young", "old"),
        question("respect", "scale"),
        question("comment", "text"),
    ]
)
SECRET = "बहुत निजी बात"
FIRST_BAR = ".progress-list li:first-child"
LAST_BAR = ".progress-list li:last-child"


@pytest.fixture
def device(app: Flask, live_server: LiveServer) -> Registered:
    device = register(live_server, PEOPLE, DeviceKind.INTERVIEW)
    with transaction() as session:
        slug = session.scalars(select(Survey.slug)).one()
        targets = {("woman", "young"): 2, ("man", "old"): 40}
        set_quotas(session, slug, ("sex", "age"), targets, actor_id=None, now=NOW)
    return device


@pytest.fixture
def page(browser_context: BrowserContext, device: Registered) -> Page:
    """The start screen of a phone that has been set up and has heard of the quotas."""
    page = browser_context.new_page()
    page.set_viewport_size(PHONE)
    set_up(page, device)
    button(page, "send").click()
    expect(page.locator(FIRST_BAR)).to_be_visible()
    return page


def button(page: Page, way: str) -> Locator:
    return page.locator(f"button[data-session={way}]:visible")


def gate(page: Page, name: str) -> None:
    expect(page.locator(f"#gate[data-state={name}]")).to_be_visible()


def begin(page: Page, way: str) -> None:
    """A new household that agrees."""
    button(page, "start").click()
    gate(page, "consent")
    button(page, "agree").click()
    button(page, way).click()


def answer(page: Page, sex: str = "woman", age: str = "young", comment: str = SECRET) -> None:
    choose(page, "sex", sex)
    choose(page, "age", age)
    choose(page, "respect", "4")
    write(page, "comment", comment)
    press(page, "send")


def take_back(page: Page) -> None:
    box = page.locator("[data-hold]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    gate(page, "ready")
    page.mouse.up()


def interview(page: Page, sex: str = "woman", age: str = "young") -> None:
    begin(page, "ask")
    answer(page, sex, age)
    gate(page, "thanks")
    page.locator(".receipt [data-session=clean]").click()
    gate(page, "ready")


def memory(page: Page) -> str:
    """All that scripts keep in this browser, as text."""
    everything = "JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }])"
    return str(page.evaluate(rows_of("outbox", "drafts", "own", told=everything)))


def test_consent_comes_first_and_who_declines_is_only_a_number(page: Page, device: Registered) -> None:
    button(page, "start").click()
    expect(page.locator(".consent")).to_contain_text("थाना चंदनपुर कोतवाली")
    assert not page.locator("#answers").is_visible()
    button(page, "refuse").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("एक ने मना किया")
    expect(page.locator("[data-slot=refusals]")).to_contain_text("इस हफ़्ते मना किया: 1")
    button(page, "start").click()
    button(page, "refuse").click()
    expect(page.locator("[data-slot=refusals]")).to_contain_text(": 2")
    for _ in range(2):
        button(page, "send").click()
        expect(page.locator("[data-slot=said]")).to_contain_text("सब जवाब भेजे जा चुके हैं")
    with reading() as session:
        assert [(row.device_id, row.refusals) for row in session.scalars(select(RefusalCount))] == [(device.id, 2)]
    assert outbox(page) == []


def test_a_day_without_network_and_the_evening(page: Page, browser_context: BrowserContext, device: Registered) -> None:
    address = page.url
    browser_context.set_offline(True)
    interview(page)
    expect(page.locator(FIRST_BAR)).to_contain_text("2 में से 1, जिनमें 1 इस फ़ोन से")
    interview(page)
    expect(page.locator(LAST_BAR)).to_contain_text("पूरा")
    interview(page, "man", "young")
    button(page, "send").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("अभी नेटवर्क नहीं है")
    page.close()
    page = browser_context.new_page()
    page.goto(address)
    expect(page.locator(LAST_BAR)).to_contain_text("पूरा")
    assert SECRET not in memory(page)
    assert len(outbox(page)) == 3
    browser_context.set_offline(False)
    button(page, "send").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("सब जवाब भेजे जा चुके हैं")
    assert verdicts() == [("counted", "[]")] * 3
    assert evidence() == {"sampled"}
    assert device.runs() == [(1, 3)]
    expect(page.locator(LAST_BAR)).to_contain_text("पूरा: 2 से बात हुई, 2 चाहिए थे")
    assert outbox(page) == []


def test_a_household_is_paused_and_taken_up_after_the_browser_was_closed(
    page: Page, browser_context: BrowserContext
) -> None:
    address = page.url
    browser_context.set_offline(True)
    begin(page, "ask")
    choose(page, "sex", "man")
    choose(page, "age", "old")
    button(page, "pause").click()
    expect(page.locator(".paused")).to_be_visible()
    interview(page)
    page.close()
    page = browser_context.new_page()
    page.goto(address)
    expect(page.locator(".paused")).to_be_visible()
    begin(page, "ask")
    expect(page.locator(".tools")).to_be_visible()
    assert not button(page, "pause").is_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    button(page, "clean").click()
    button(page, "resume").click()
    expect(page.locator("#q-age")).to_be_visible()
    expect(page.locator("input[name=age][value=old]")).to_be_checked()
    choose(page, "respect", "2")
    press(page, "send")
    gate(page, "thanks")
    page.locator(".receipt [data-session=clean]").click()
    gate(page, "ready")
    assert not page.locator(".paused").is_visible()
    browser_context.set_offline(False)
    button(page, "send").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("सब जवाब भेजे जा चुके हैं")
    found = [{name: told.get(name) for name in ("sex", "age", "respect")} for _language, told in stored_answers()]
    assert {"sex": "man", "age": "old", "respect": 2} in found
    assert len(found) == 2


def test_a_paused_household_can_be_deleted(page: Page) -> None:
    begin(page, "ask")
    choose(page, "sex", "man")
    button(page, "pause").click()
    expect(page.locator(".paused")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    button(page, "drop").click()
    expect(page.locator(".paused")).to_be_hidden()
    page.reload()
    gate(page, "ready")
    assert not page.locator(".paused").is_visible()


def test_a_respondent_answers_alone_and_cannot_get_at_the_rest(page: Page) -> None:
    begin(page, "pass")
    expect(page.locator("#q-sex")).to_be_visible()
    assert not page.locator(".tools").is_visible()
    answer(page)
    gate(page, "returned")
    assert SECRET not in page.content()
    page.locator("[data-hold]").click()
    button(page, "clean").click()
    page.wait_for_timeout(300)
    gate(page, "returned")
    page.go_back()
    assert SECRET not in page.content()


def test_the_phone_is_taken_back_by_holding(page: Page) -> None:
    begin(page, "pass")
    answer(page)
    take_back(page)
    expect(page.locator(FIRST_BAR)).to_contain_text("2 में से 1")


def test_who_stops_leaves_no_trace_and_the_screen_does_not_tell(page: Page) -> None:
    begin(page, "pass")
    choose(page, "sex", "man")
    button(page, "clean").click()
    gate(page, "returned")
    expect(page.locator("#gate h1")).to_have_text("धन्यवाद। अब कृपया फ़ोन वापस दे दें।")
    take_back(page)
    assert outbox(page) == []
    assert not page.locator(".paused").is_visible()


def test_the_phone_is_handed_over_in_the_middle(page: Page) -> None:
    begin(page, "ask")
    choose(page, "sex", "woman")
    button(page, "pass").click()
    expect(page.locator(".tools")).to_be_hidden()
    choose(page, "age", "young")
    press(page, "send")
    gate(page, "returned")


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_whole_way_by_keyboard(page: Page, language: str) -> None:
    if language == "en":
        tab_to(page, "button[name=_lang]")
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        gate(page, "ready")
    for way in ("start", "agree", "pass"):
        tab_to(page, f"[data-session={way}]")
        page.keyboard.press("Enter")
    tab_to(page, "input[name=sex]")
    page.keyboard.press("Space")
    send_by_keyboard(page)
    gate(page, "returned")
    tab_to(page, "[data-hold]")
    page.keyboard.down("Space")
    page.wait_for_timeout(700)
    page.keyboard.up("Space")
    gate(page, "returned")
    page.keyboard.down("Enter")
    gate(page, "ready")
    page.keyboard.up("Enter")
    assert len(outbox(page)) + len(stored_answers()) == 1


def test_a_saved_file_gives_the_same_answers_once(
    page: Page, browser_context: BrowserContext, tmp_path: Path, app: Flask
) -> None:
    button(page, "save").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("सेव करने को कुछ नहीं")
    browser_context.set_offline(True)
    interview(page)
    interview(page, "man", "old")
    with page.expect_download() as download:
        button(page, "save").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("samvad-20")
    assert SECRET not in file.read_text("utf-8")
    assert len(json.loads(file.read_text("utf-8"))["responses"]) == 2
    result = CliRunner().invoke(commands, ["responses", "import", str(file)])
    assert result.exit_code == 0, result.output
    assert verdicts() == [("counted", "[]")] * 2
    browser_context.set_offline(False)
    button(page, "send").click()
    expect(page.locator("[data-slot=said]")).to_contain_text("सब जवाब भेजे जा चुके हैं")
    assert verdicts() == [("counted", "[]")] * 2
    wait_for(page, lambda: outbox(page) == [])


@pytest.mark.parametrize(("language", "width"), [("hi", 360), ("en", 768)])
def test_every_screen_can_be_read_and_used_by_everybody(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    if language == "en":
        page.locator("button[name=_lang]").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        gate(page, "ready")
    shown = []

    def look(name: str) -> None:
        shown.extend([f"{name}: {fault}" for fault in [*violations(page), *layout_faults(page)]])
        expect(page.locator("html")).to_have_attribute("lang", language)

    look("ready")
    button(page, "start").click()
    look("consent")
    button(page, "agree").click()
    look("hand")
    button(page, "ask").click()
    look("question")
    choose(page, "sex", "man")
    button(page, "pause").click()
    expect(page.locator(".paused")).to_be_visible()
    look("paused")
    begin(page, "pass")
    answer(page)
    gate(page, "returned")
    look("returned")
    assert shown == []


def test_consent_can_be_read_in_the_other_language(page: Page) -> None:
    button(page, "start").click()
    page.locator("button[name=_lang]").click()
    expect(page.locator(".consent h1")).to_have_text("May we ask you a few questions?")
    assert "#" not in page.url
