"""What was given is what is told back and kept: numbers, notes, what a change makes relevant, rules about the day."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.domain.weeks import day_of
from tests.browser.actors.walking import choose, open_code, press, reach, write
from tests.browser.citizen.test_citizen_page import stored_answers
from tests.browser.conftest import open_context
from tests.factories.surveys.surveys import definition, question

STEP = "[data-slot=step]"
NEXT = "[data-go=next]"
TOLD = ".review .told"


def is_(name: str, value: str) -> list[Any]:
    return ["=", ["get", name], ["str", value]]


FIGURES = definition([question("hours", "decimal"), question("people", "integer")])
HURT = definition(
    [question("hurt", "select_one", "yes", "no")],
    [question("doctor", "note", relevant=is_("hurt", "yes")), question("hours", "integer")],
)
ASIDE = definition(
    [
        question("hurt", "select_one", "yes", "no"),
        question("doctor", "note", relevant=is_("hurt", "yes")),
        question("where", "text", relevant=is_("hurt", "often")),
        question("hours", "integer"),
        question("rest", "note", relevant=is_("hurt", "no")),
        question("pain", "integer", relevant=is_("hurt", "yes")),
    ]
)
MONEY = definition(
    [
        question("money", "select_one", "yes", "no"),
        question("paid", "select_one", "yes", "no", relevant=is_("money", "yes")),
        question("whom", "text", relevant=is_("money", "yes")),
        question("hours", "integer"),
    ]
)
CAME = definition([question("came", "date"), question("waited", "integer", relevant=["=", ["get", "came"], ["today"]])])
CHAIN = definition(
    [question("a", "select_one", "yes", "no")],
    [question("b", "select_one", "yes", "no", relevant=is_("a", "yes"))],
    [question("c", "text", relevant=is_("b", "yes")), question("d", "text")],
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_context(browser) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    with open_context(browser, script=False) as context:
        yield context.new_page()


def told(page: Page) -> dict[str, str]:
    """What the last screen tells, by question."""
    reach(page, TOLD)
    return {
        row.locator("button").get_attribute("value") or "": row.locator("dd").first.inner_text()
        for row in page.locator(f"{TOLD} > div").all()
    }


def change(page: Page, name: str) -> None:
    reach(page, TOLD)
    page.locator(f"{TOLD} button[value={name}]").click()


def test_a_comma_is_asked_about_and_a_grouped_number_told_as_it_is_read(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(FIGURES))
    for typed in ("2,5", ".", "1.000,00"):
        write(page, "hours", typed)
        page.locator(NEXT).click()
        expect(page.locator("#q-hours .error")).to_contain_text("2.5")
    write(page, "hours", "२.50")
    page.locator(NEXT).click()
    write(page, "people", "3,4")
    page.locator(NEXT).click()
    expect(page.locator("#q-people .error")).to_be_visible()
    write(page, "people", "1,50,000")
    assert told(page) == {"hours": "2.5", "people": "150000"}
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"hours": "2.5", "people": 150000})]


def test_a_comma_is_asked_about_without_script(app: Flask, plain: Page, hang_up: Any) -> None:
    open_code(plain, hang_up(FIGURES))
    write(plain, "hours", "2,5")
    write(plain, "people", "5 10")
    press(plain, "send")
    expect(plain.locator(".wrong .error")).to_have_count(2)
    write(plain, "hours", "2.5")
    write(plain, "people", "1,50,000")
    press(plain, "send")
    expect(plain.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"hours": "2.5", "people": 150000})]


@pytest.mark.parametrize("hurt", ["yes", "no"])
@pytest.mark.usefixtures("app")
def test_a_note_is_shown_to_whom_it_applies(phone: Page, hang_up: Any, hurt: str) -> None:
    open_code(phone, hang_up(HURT))
    choose(phone, "hurt", hurt)
    press(phone, "more")
    expect(phone.locator("#q-hours")).to_be_visible()
    expect(phone.locator("#q-doctor")).to_be_visible(visible=hurt == "yes")


@pytest.mark.usefixtures("app")
def test_a_note_beside_what_it_depends_on_is_shown_once_it_applies(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(ASIDE))
    expect(page.locator(".note:visible")).to_have_count(0)
    choose(page, "hurt", "yes")
    expect(page.locator(".note:visible")).to_have_count(0)
    # The question between the note and the next that is asked is not asked itself.
    reach(page, "#q-hours")
    expect(page.locator(".note:visible")).to_have_id("q-doctor")
    page.locator("[data-go=back]").click()
    # The way back is a browser's own, and comes when it likes: until then "next" would lead on.
    expect(page.locator("#q-hurt")).to_be_visible()
    choose(page, "hurt", "no")
    reach(page, "#q-hours")
    expect(page.locator(".note:visible")).to_have_id("q-rest")


@pytest.mark.usefixtures("app")
def test_without_script_a_note_waits_for_the_answer_that_it_depends_on(plain: Page, hang_up: Any) -> None:
    open_code(plain, hang_up(ASIDE))
    expect(plain.locator(".note:visible")).to_have_count(0)
    expect(plain.locator("#q-pain")).to_be_visible()
    choose(plain, "hurt", "yes")
    write(plain, "hours", "x")
    press(plain, "send")
    expect(plain.locator(".note:visible")).to_have_id("q-doctor")


def change_on_the_last_screen(page: Page, address: str) -> None:
    """To an answer that makes more questions relevant than were told."""
    open_code(page, address)
    choose(page, "money", "no")
    write(page, "hours", "2")
    assert list(told(page)) == ["money", "hours"]
    change(page, "money")
    page.locator("label.option:has([name=money][value=yes])").click()


def test_a_change_on_the_last_screen_leads_to_what_it_makes_relevant(app: Flask, page: Page, hang_up: Any) -> None:
    change_on_the_last_screen(page, hang_up(MONEY))
    for name in ("paid", "whom"):
        page.locator(NEXT).click()
        expect(page.locator(f"#q-{name}")).to_be_visible()
    write(page, "whom", "  a \u00a0 clerk ")
    page.locator(NEXT).click()
    expect(page.locator(TOLD)).to_be_visible()
    assert list(told(page)) == ["money", "paid", "whom", "hours"]
    assert told(page)["whom"] == "a clerk"
    # Nothing new: straight back; and what has fallen away is told no more, whichever way leads back.
    change(page, "hours")
    page.locator(NEXT).click()
    expect(page.locator(TOLD)).to_be_visible()
    change(page, "money")
    page.locator("label.option:has([name=money][value=no])").click()
    page.go_back()
    expect(page.locator(TOLD)).to_be_visible()
    assert list(told(page)) == ["money", "hours"]
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"money": "no", "hours": 2})]


@pytest.mark.parametrize("way", ["browser", "page"])
def test_whoever_goes_back_after_a_change_is_led_on_too(app: Flask, page: Page, hang_up: Any, way: str) -> None:
    def back() -> None:
        page.go_back() if way == "browser" else page.locator("[data-go=back]").click()

    change_on_the_last_screen(page, hang_up(MONEY))
    for name in ("paid", "whom"):
        back()
        expect(page.locator(f"#q-{name}")).to_be_visible()
    # Each is asked once; what was passed over is told as unanswered, and the way back is what it was.
    back()
    expect(page.locator(TOLD)).to_be_visible()
    assert list(told(page)) == ["money", "paid", "whom", "hours"]
    back()
    expect(page.locator("#q-hours")).to_be_visible()


def test_an_answer_that_waited_is_judged_by_its_day(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(CAME))
    today = day_of(datetime.now(UTC))
    write(page, "came", today.strftime("%d/%m/%Y"))
    write(page, "waited", "20")
    assert told(page) == {"came": today.strftime("%d-%m-%Y"), "waited": "20"}
    page.context.set_offline(True)
    press(page, "send")
    expect(page.locator(".kept h1")).to_be_visible()
    app.config["CLOCK"] = lambda: datetime.now(UTC) + timedelta(days=2)
    page.context.set_offline(False)
    expect(page.locator(".receipt .big")).to_be_visible(timeout=20_000)
    assert stored_answers() == [("hi", {"came": today.isoformat(), "waited": 20})]


def test_nothing_is_asked_without_script_whose_ground_has_fallen_away(app: Flask, plain: Page, hang_up: Any) -> None:
    open_code(plain, hang_up(CHAIN))
    choose(plain, "a", "yes")
    press(plain, "more")
    choose(plain, "b", "yes")
    press(plain, "more")
    expect(plain.locator("#q-c")).to_be_visible()
    write(plain, "c", "because")
    press(plain, "back")
    press(plain, "back")
    choose(plain, "a", "no")
    press(plain, "more")
    expect(plain.locator("#q-d")).to_be_visible()
    expect(plain.locator("#q-b, #q-c")).to_have_count(0)
    press(plain, "send")
    expect(plain.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"a": "no"})]


@pytest.mark.usefixtures("app")
def test_what_is_declined_is_told_as_that_whatever_stands_beside_it(page: Page, hang_up: Any) -> None:
    open_code(page, f"{hang_up(FIGURES)}?lang=en")
    write(page, "hours", "2")
    page.locator("#q-hours label.option").click()
    page.locator(NEXT).click()
    assert told(page) == {"hours": "Rather not say", "people": "No answer"}
    change(page, "people")
    write(page, "people", "3,4")
    page.go_back()
    assert re.search("whole number", told(page)["people"])
