"""The built-in questionnaire, one question at a time."""

from typing import Any

from playwright.sync_api import BrowserContext, expect

from app.services.surveys.surveys import read_starter
from tests.browser.actors.walking import open_code


def test_whoever_never_went_there_comes_to_the_end_after_one_question(
    browser_context: BrowserContext, hang_up: Any
) -> None:
    page = browser_context.new_page()
    open_code(page, f"{hang_up(read_starter('station-visit').definition)}?lang=en")
    page.locator("[data-go=begin]").click()
    go_on = page.get_by_role("button", name="Next")
    page.get_by_label("For help or information").check()
    go_on.click()
    expect(page.locator("[data-slot=step]")).to_have_text("Question 2 of 6")
    page.get_by_role("button", name="Go back").click()
    page.get_by_label("I never went there").check()
    go_on.click()
    expect(page.get_by_role("heading", name="This is what you told")).to_be_visible()
