"""One question at a time, and the truth about the answer at each step."""

import json
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.actors.walking import (
    choose,
    open_code,
    press,
    reach,
    send_by_keyboard,
    switch_language,
    tab_to,
    write,
)
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import DESK, PHONE, layout_faults, open_context, violations
from tests.factories.surveys.surveys import definition, question

API = "**/api/v1/responses"
STEP = ".progress [data-slot=step]"


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    return browser_context.new_page()


def next_(page: Page) -> None:
    page.locator("[data-go=next]").click()


@pytest.mark.usefixtures("app")
def test_one_question_is_shown_with_progress_and_a_way_back(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    expect(page.locator("fieldset.question:visible")).to_have_count(1)
    expect(page.locator(STEP)).to_have_text("सवाल 1 / 5")
    expect(page.locator("[data-go=back]")).to_be_hidden()
    choose(page, "purpose", "passport")
    next_(page)
    expect(page.locator(STEP)).to_have_text("सवाल 2 / 5")
    expect(page.locator("#q-respect > legend")).to_be_focused()
    expect(page.locator("#q-respect > legend")).to_be_in_viewport()
    expect(page.locator("summary")).to_be_hidden()
    page.locator("[data-go=back]").click()
    expect(page.locator("input[name=purpose][value=passport]")).to_be_checked()
    next_(page)
    page.go_back()
    expect(page.locator(STEP)).to_have_text("सवाल 1 / 5")


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_the_keyboard_is_enough(app: Flask, page: Page, hang_up: Any, lang: str) -> None:
    open_code(page, f"{hang_up(VISIT)}?lang={lang}")
    keys = page.keyboard
    if lang == "en":
        # The longer name of the place leaves no room for the question.
        tab_to(page, "[data-go=begin]")
        keys.press("Enter")
        expect(page.locator("#q-purpose > legend")).to_be_focused()
    tab_to(page, "#q-purpose input")
    keys.press("Space")
    # Enter goes on, as in every form; nothing is sent by it.
    keys.press("Enter")
    expect(page.locator("#q-respect > legend")).to_be_focused()
    tab_to(page, "#q-respect input")
    keys.press("Space")
    keys.press("ArrowDown")
    expect(page.locator("input[name=respect][value='4']")).to_be_checked()
    send_by_keyboard(page)
    expect(page.locator(".receipt .big")).to_be_visible()
    expect(page.locator(".receipt h1")).to_be_focused()
    assert stored_answers() == [(lang, {"purpose": "complaint", "respect": 4})]
    tab_to(page, "main [data-leave]")


def test_what_is_wrong_is_said_beside_the_question(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    next_(page)
    next_(page)
    expect(page.locator("#q-respect .error")).to_have_attribute("role", "alert")
    expect(page.locator("#q-respect input").first).to_be_focused()
    assert "q-respect-error" in (page.locator("#q-respect").get_attribute("aria-describedby") or "")
    choose(page, "respect", "_declined")
    press(page, "more")
    write(page, "wait", "पंद्रह")
    next_(page)
    expect(page.locator("#q-wait .error")).to_be_visible()
    expect(page.locator("#q-thanks")).to_be_visible()
    write(page, "wait", "१५")
    next_(page)
    expect(page.locator("#q-wait .error")).to_have_count(0)
    choose(page, "change", "talk")
    choose(page, "change", "none")
    next_(page)
    expect(page.locator("#q-change .error")).to_be_visible()
    choose(page, "change", "none")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"respect": None, "wait": 15, "change": ["talk"]})]


def test_only_what_fits_is_asked_and_the_summary_lets_change(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "5")
    choose(page, "money", "yes")
    press(page, "more")
    reach(page, ".review")
    rows = page.locator(".review dl > div")
    expect(rows.filter(has_text="money_how")).to_have_count(1)
    change = rows.filter(has_text="How was money?").or_(rows.filter(has_text="money कैसा रहा?")).locator("button")
    assert "money" in change.inner_text()
    change.click()
    choose(page, "money", "no")
    next_(page)
    expect(page.locator(".review")).to_be_visible()
    expect(rows.filter(has_text="money_how")).to_have_count(0)
    expect(page.locator(".review [value=more]")).to_be_hidden()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"respect": 5, "money": "no"})]


def test_sending_nothing_is_asked_about(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(definition([question("purpose", "select_one", "a", "b"), question("words", "text")])))
    press(page, "send")
    expect(page.locator("#q-purpose .error")).to_be_visible()
    assert stored_answers() == []


def test_the_language_changes_in_the_middle_without_network(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "purpose", "complaint")
    choose(page, "respect", "2")
    page.context.set_offline(True)
    switch_language(page)
    expect(page.locator(STEP)).to_have_text("Question 2 of 5")
    expect(page.locator("input[name=respect][value='2']")).to_be_checked()
    press(page, "more")
    write(page, "wait", "15")
    switch_language(page)
    expect(page.locator(STEP)).to_have_text("सवाल 6 / 11")
    expect(page.locator("input[name=wait]:not([type=checkbox])")).to_have_value("15")
    page.context.set_offline(False)
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"purpose": "complaint", "respect": 2, "wait": 15})]


@pytest.mark.usefixtures("app")
def test_a_language_that_cannot_be_had_is_said_and_nothing_is_lost(browser: Browser, hang_up: Any) -> None:
    context = open_context(browser)
    context.route("**/sw.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(hang_up(VISIT), wait_until="networkidle")
    choose(page, "purpose", "complaint")
    context.set_offline(True)
    page.locator("button[name=_lang]").click()
    expect(page.locator(STEP)).to_contain_text("नेटवर्क चाहिए")
    expect(page.locator("input[name=purpose][value=complaint]")).to_be_checked()
    context.close()


def test_without_network_it_is_kept_said_so_and_sent_later(app: Flask, page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "respect", "1")
    page.context.set_offline(True)
    press(page, "send")
    expect(page.locator(".kept h1")).to_have_text("इस फ़ोन में रखा है, अभी भेजा नहीं गया")
    expect(page.locator("[data-slot=state]")).to_have_text("अभी नेटवर्क नहीं है।")
    assert violations(page) + layout_faults(page) == []
    switch_language(page)
    expect(page.locator(".kept h1")).to_have_text("Kept on this phone, not sent yet")
    assert stored_answers() == []
    page.reload()
    expect(page.locator(".kept-list li")).to_have_count(1)
    assert violations(page) + layout_faults(page) == []
    page.context.set_offline(False)
    expect(page.locator(".kept-list [data-slot=state]")).to_have_text("भेज दिया गया।")
    assert len(stored_answers()) == 1
    page.reload()
    expect(page.locator("form.one")).to_be_visible()
    expect(page.locator(".kept-list")).to_have_count(0)


def test_an_answer_that_waits_can_be_deleted(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "1")
    page.context.set_offline(True)
    press(page, "send")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".state [data-go=delete]").click()
    expect(page.locator("form.one")).to_be_visible()
    page.context.set_offline(False)
    page.reload(wait_until="networkidle")
    expect(page.locator(".kept-list")).to_have_count(0)
    assert stored_answers() == []


@pytest.mark.usefixtures("app")
def test_a_refusal_says_why_and_gives_a_file(page: Page, hang_up: Any) -> None:
    def refuse(route: Any) -> None:
        items = json.loads(route.request.post_data)["responses"]
        problem = {"code": "response.seal_broken", "detail": "This cannot be opened."}
        receipts = [{"id": item["id"], "status": "rejected", "problem": problem} for item in items]
        route.fulfill(json={"receipts": receipts})

    page.context.route(API, refuse)
    open_code(page, f"{hang_up(VISIT)}?lang=en")
    choose(page, "respect", "1")
    press(page, "send")
    expect(page.locator("[data-slot=why]")).to_have_text("This cannot be opened.")
    assert violations(page) + layout_faults(page) == []
    with page.expect_download() as download:
        page.locator("[data-go=file]").click()
    assert "responses" in json.loads(download.value.path().read_text())


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_phone_that_cannot_keep_answers_says_so_first_and_sends(
    app: Flask, browser: Browser, hang_up: Any, language: str
) -> None:
    context = open_context(browser)
    context.add_init_script("Object.defineProperty(self, 'indexedDB', {value: {open() { throw new Error() }}})")
    page = context.new_page()
    open_code(page, f"{hang_up(VISIT)}?lang={language}")
    expect(page.locator(".unkept")).to_be_visible()
    notice, first = (
        page.locator(".unkept").bounding_box(),
        page.locator("[data-go=begin]:visible, #q-purpose:visible").first.bounding_box(),
    )
    assert notice
    assert first
    assert notice["y"] < first["y"]
    assert violations(page) + layout_faults(page) == []
    choose(page, "respect", "2")
    context.set_offline(True)
    press(page, "send")
    expect(page.locator(".review .error")).to_be_visible()
    context.set_offline(False)
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [(language, {"respect": 2})]
    context.close()


def test_finishing_later_is_asked_for_and_can_be_gone_on_with(app: Flask, page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "purpose", "passport")
    choose(page, "respect", "2")
    page.locator("[data-go=postpone]").click()
    expect(page.locator(".offer")).to_contain_text("खोलकर पढ़ सकता है")
    assert violations(page) + layout_faults(page) == []
    page.locator("[data-go=save]").click()
    expect(page.locator(".state h1")).to_be_focused()
    assert violations(page) + layout_faults(page) == []
    open_code(page, address)
    expect(page.locator("input[name=purpose][value=passport]")).not_to_be_checked()
    assert violations(page) + layout_faults(page) == []
    page.locator("[data-go=resume]").click()
    expect(page.locator(STEP)).to_have_text("सवाल 2 / 5")
    expect(page.locator("input[name=respect][value='2']")).to_be_checked()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"purpose": "passport", "respect": 2})]
    open_code(page, address)
    expect(page.locator("[data-go=resume]")).to_have_count(0)


def test_nothing_is_left_behind_after_sending(app: Flask, page: Page, hang_up: Any) -> None:
    page.goto("about:blank")
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "3")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert page.evaluate("history.length") == 3
    page.evaluate("history.back()")
    expect(page.locator("form.one")).to_be_visible()
    expect(page.locator(STEP)).to_have_text("सवाल 1 / 5")
    expect(page.locator("input[name=respect][value='3']")).not_to_be_checked()
    assert len(stored_answers()) == 1


@pytest.mark.usefixtures("app")
def test_a_quiz_is_marked_by_the_server(page: Page, hang_up: Any) -> None:
    quiz = definition([question("number", "select_one", "112", "911", key="112")], kind="quiz")
    open_code(page, f"{hang_up(quiz)}?lang=en")
    expect(page.locator(".unkept")).to_contain_text("marked")
    choose(page, "number", "112")
    press(page, "send")
    expect(page.locator("h2").first).to_have_text("You had 1 of 1 right")


@pytest.mark.parametrize(("viewport", "language"), [(PHONE, "hi"), (DESK, "en")], ids=["phone", "desk"])
@pytest.mark.usefixtures("app")
def test_every_step_is_sound_for_everyone(
    browser: Browser, hang_up: Any, viewport: ViewportSize, language: str
) -> None:
    with open_context(browser, viewport=viewport) as context:
        walk_soundly(context.new_page(), f"{hang_up(VISIT)}?lang={language}")


def walk_soundly(screen: Page, address: str) -> None:
    faults: dict[str, list[str]] = {}
    open_code(screen, address)
    for at in range(15):
        if found := violations(screen) + layout_faults(screen):
            faults[f"step {at}"] = found
        if screen.locator(".review [value=more]").is_visible():
            screen.locator(".review [value=more]").click()
        elif screen.locator("[data-go=begin]").is_visible():
            screen.locator("[data-go=begin]").click()
        elif screen.locator("[data-go=next]").is_visible():
            if screen.locator("#q-respect").is_visible():
                choose(screen, "respect", "1")
            next_(screen)
    expect(screen.locator(".review")).to_be_visible()
    screen.locator(".review [value=send]").click()
    expect(screen.locator(".receipt .big")).to_be_visible()
    assert faults | {"sent": violations(screen) + layout_faults(screen)} == {"sent": []}


def test_who_tells_more_can_look_it_over_at_any_time(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "4")
    finish = page.locator("[data-go=finish]")
    expect(finish).to_be_hidden()
    press(page, "more")
    write(page, "wait", "15")
    finish.click()
    expect(page.locator(".review h2")).to_be_focused()
    expect(finish).to_be_hidden()
    page.locator(".review [value=send]").click()
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"respect": 4, "wait": 15})]
