"""Somebody begins, and before coming back the code, the questions, the language or the server are others."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from app.models import Placement, SurveyVersion, Verdict
from app.services.codes.placements import retire_placement
from app.transaction import reading, transaction
from tests.browser.actors.memory import KEPT_HALVES, KEPT_PAGES
from tests.browser.actors.walking import choose, open_code, press, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.factories.surveys.surveys import add_version, definition, question

DOOR = ".door"


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    return browser_context.new_page()


def is_kept(page: Page, *, gone: bool = False) -> bool:
    key = page.evaluate("sessionStorage.getItem('key')")
    return not key and not page.evaluate(KEPT_HALVES) if gone else bool(key and page.evaluate(KEPT_HALVES))


def begin(page: Page, address: str, answer: str = "passport") -> None:
    open_code(page, address)
    choose(page, "purpose", answer)
    choose(page, "respect", "2")
    wait_for(page, lambda: is_kept(page))
    page.wait_for_timeout(500)


def retire() -> None:
    with transaction() as session:
        placement_id = session.scalars(select(Placement.id)).one()
        retire_placement(session, placement_id, actor_id=None, now=datetime.now(UTC))


def come_back(page: Page) -> None:
    page.reload()
    page.locator(f"{DOOR} [data-go=resume]").click()
    expect(page.locator(DOOR)).to_have_count(0)


@pytest.mark.usefixtures("app")
def test_after_a_new_version_what_fits_is_there_and_the_rest_is_named(page: Page, hang_up: Any) -> None:
    begin(page, hang_up(VISIT))
    changed = [question("purpose", "select_one", "lost", "other"), question("respect", "scale", required=True)]
    with transaction() as session:
        before = session.scalars(select(SurveyVersion)).one()
        before.state = "closed"
        add_version(session, before, definition([*changed, question("heard", "scale")]))
    wait_for(page, lambda: page.evaluate("fetch('').then(async (page) => (await page.text()).includes('lost'))"))
    come_back(page)
    named = page.locator(".notice[role=status] [lang=hi]")
    expect(named).to_have_text("purpose कैसा रहा?")
    expect(page.locator("#q-heard")).to_be_visible()
    # What comes late draws the same question anew, and takes nothing away.
    page.evaluate("document.dispatchEvent(new Event('samvad:step'))")
    expect(named).to_have_count(1)
    page.locator("[data-go=back]").click()
    expect(named).to_have_count(0)
    expect(page.locator("#q-respect input[value='2']")).to_be_checked()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"respect": 2})]


@pytest.mark.usefixtures("app")
def test_a_code_that_was_taken_down_meanwhile_says_so_and_the_answer_counts(page: Page, hang_up: Any) -> None:
    begin(page, hang_up(VISIT))
    retire()
    page.reload()
    expect(page.locator(".refusal[data-code='code.retired']")).to_be_visible()
    page.locator(f"{DOOR} [data-go=resume]").click()
    expect(page.locator("#q-heard")).to_be_visible()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"purpose": "passport", "respect": 2})]
    with reading() as session:
        assert session.scalars(select(Verdict.verdict)).all() == ["counted"]
    wait_for(page, lambda: is_kept(page, gone=True))


@pytest.mark.usefixtures("app")
def test_of_a_code_that_is_not_safe_any_more_nothing_is_left(page: Page, hang_up: Any) -> None:
    begin(page, hang_up(VISIT))
    with transaction() as session:
        placement = session.scalars(select(Placement)).one()
        placement.retired_at = datetime.now(UTC)
        placement.compromised_on = placement.retired_at.date()
    page.reload()
    expect(page.locator("main .notice", has_text="वह भेजा नहीं गया और मिटा दिया गया है")).to_be_visible()
    expect(page.locator(DOOR)).to_have_count(0)
    wait_for(page, lambda: is_kept(page, gone=True))
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main .notice", has_text="मिटा दिया गया है")).to_have_count(0)


@pytest.mark.usefixtures("app")
def test_in_the_other_language_the_same_answers_are_there(page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    begin(page, address)
    page.evaluate("history.replaceState(history.state, '', '?lang=en')")
    come_back(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("en", {"purpose": "passport", "respect": 2})]


@pytest.mark.usefixtures("app")
def test_the_page_of_a_code_that_was_taken_down_leaves_the_phone(page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    wait_for(page, lambda: len(page.evaluate(KEPT_PAGES)) == 2)
    retire()
    page.goto(address)
    wait_for(page, lambda: page.evaluate(KEPT_PAGES) == [])
