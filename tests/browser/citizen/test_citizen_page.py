"""A citizen with a phone, from the opened code to the confirmation number."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect
from sqlalchemy import select

from app.models import Response
from app.transaction import reading
from tests.browser.actors.walking import choose, open_code, press, switch_language, wait_for, write
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, open_context, violations
from tests.factories.surveys.surveys import definition, question

NEUTRAL = "https://mausam.imd.gov.in/"
VISIT = definition(
    [
        question("purpose", "select_one", "complaint", "passport"),
        question("respect", "scale", required=True),
        question("heard", "scale"),
        question("money", "select_one", "no", "yes"),
        question("watched", "select_one", "no", "yes"),
    ],
    [
        question("thanks", "note"),
        question("wait", "integer", constraint=["<=", ["self"], ["num", "1440"]]),
        {**question("hall", "grid"), "rows": [{"name": "seat", "label": {"hi": "बैठने की जगह", "en": "Seats"}}]},
        {**question("change", "select_multiple", "talk", "speed", "none"), "exclusive": ["none"]},
        question("visited_on", "date"),
        question("money_how", "text", relevant=["=", ["get", "money"], ["str", "yes"]]),
        question("words", "long_text"),
        question("adult", "acknowledge"),
    ],
)


def stored_answers() -> list[tuple[str, dict[str, Any]]]:
    with reading() as session:
        rows = session.execute(select(Response.language, Response.answers)).all()
    return [(language, json.loads(answers)) for language, answers in rows]


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone without JavaScript: the whole page at once."""
    context = open_context(browser, script=False)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


@pytest.mark.usefixtures("app")
def test_the_first_screen_keeps_its_order(phone: Page, hang_up: Any) -> None:
    phone.goto(hang_up(VISIT, hung_at="राशन की दुकान के पास"))
    assert phone.title() in ("संवाद", "Samvad")
    assert phone.locator("html").get_attribute("lang") == "hi"
    order = [
        "button[name=_lang]",
        "a[href='tel:112']",
        "a.exit",
        ".place .over",
        ".place h1",
        ".promise",
        "summary",
        "#q-purpose",
    ]
    tops = [phone.locator(part).first.bounding_box() for part in order]
    heights = [box["y"] for box in tops if box]
    assert len(heights) == len(order)
    assert heights == sorted(heights)
    expect(phone.locator("details .spot")).to_be_hidden()
    phone.locator("summary").click()
    expect(phone.locator("details .spot")).to_contain_text("राशन की दुकान के पास")
    expect(phone.locator("details .number")).to_have_text(re.compile(r"^\d{4} \d{4}$"))
    expect(phone.locator("details .promises, details .adult")).to_have_count(2)


def test_a_citizen_answers_in_hindi_and_gets_a_confirmation_number(app: Flask, phone: Page, hang_up: Any) -> None:
    open_code(phone, hang_up(VISIT))
    choose(phone, "purpose", "passport")
    choose(phone, "respect", "4")
    choose(phone, "money", "_declined")
    press(phone, "send")
    expect(phone.locator(".receipt .big")).to_have_text(re.compile(r"^\d{4} \d{4} \d{4}$"))
    assert layout_faults(phone) == []
    number = phone.locator(".receipt .big").inner_text()
    switch_language(phone)
    assert phone.locator(".receipt .big").inner_text() == number
    assert stored_answers() == [("hi", {"purpose": "passport", "respect": 4, "money": None})]


def test_the_language_changes_in_the_middle_and_no_answer_is_lost_without_script(
    app: Flask, plain: Page, hang_up: Any
) -> None:
    open_code(plain, hang_up(VISIT))
    choose(plain, "purpose", "complaint")
    choose(plain, "respect", "2")
    switch_language(plain)
    assert plain.locator("html").get_attribute("lang") == "en"
    expect(plain.locator("input[name=respect][value='2']")).to_be_checked()
    press(plain, "more")
    write(plain, "wait", "पंद्रह")
    write(plain, "words", "ठीक था।\nदूसरी पंक्ति")
    switch_language(plain)
    assert plain.locator("html").get_attribute("lang") == "hi"
    expect(plain.locator("input[name=wait]:not([type=checkbox])")).to_have_value("पंद्रह")
    expect(plain.locator("textarea[name=words]")).to_have_value("ठीक था।\nदूसरी पंक्ति")
    assert stored_answers() == []
    write(plain, "wait", "१५")
    switch_language(plain)
    press(plain, "send")
    expect(plain.locator(".receipt .big")).to_be_visible()
    answers = {"purpose": "complaint", "respect": 2, "wait": 15, "words": "ठीक था।\nदूसरी पंक्ति"}
    assert stored_answers() == [("en", answers)]


def test_what_is_wrong_stands_above_and_beside_the_field_without_script(app: Flask, plain: Page, hang_up: Any) -> None:
    open_code(plain, hang_up(VISIT))
    choose(plain, "purpose", "complaint")
    press(plain, "send")
    link = plain.locator("#errors a")
    expect(link).to_have_attribute("href", "#q-respect")
    expect(plain.locator("#q-respect .error")).to_be_visible()
    expect(plain.locator("input[name=purpose][value=complaint]")).to_be_checked()
    link.click()
    expect(plain.locator("#q-respect")).to_be_in_viewport()
    assert layout_faults(plain) == []
    choose(plain, "respect", "_declined")
    press(plain, "more")
    choose(plain, "change", "talk")
    choose(plain, "change", "none")
    write(plain, "visited_on", "32-13-2026")
    press(plain, "send")
    assert [link.get_attribute("href") for link in plain.locator("#errors a").all()] == ["#q-change", "#q-visited_on"]
    expect(plain.locator("input[name=visited_on]:not([type=checkbox])")).to_have_value("32-13-2026")
    assert stored_answers() == []


def test_telling_more_asks_what_fits_and_can_be_gone_back_from_without_script(
    app: Flask, plain: Page, hang_up: Any
) -> None:
    open_code(plain, hang_up(VISIT))
    choose(plain, "respect", "5")
    choose(plain, "money", "yes")
    press(plain, "more")
    expect(plain.locator("#q-money_how")).to_be_visible()
    press(plain, "back")
    expect(plain.locator("input[name=money][value=yes]")).to_be_checked()
    choose(plain, "money", "no")
    press(plain, "more")
    expect(plain.locator("#q-money_how")).to_have_count(0)
    choose(plain, "hall.seat", "3")
    choose(plain, "change", "speed")
    choose(plain, "adult", "true")
    write(plain, "visited_on", "२३/११/2026")
    assert layout_faults(plain) == []
    press(plain, "send")
    expect(plain.locator(".receipt .big")).to_be_visible()
    answers = {"respect": 5, "money": "no", "hall": {"seat": 3}, "change": ["speed"], "visited_on": "2026-11-23"}
    assert stored_answers() == [("hi", {**answers, "adult": True})]


def test_the_keyboard_is_enough_without_script(app: Flask, plain: Page, hang_up: Any) -> None:
    open_code(plain, hang_up(VISIT))
    plain.keyboard.press("Tab")
    expect(plain.locator(".skip")).to_be_focused()
    plain.locator("input[name=respect]").first.focus()
    plain.keyboard.press("Space")
    plain.keyboard.press("ArrowDown")
    expect(plain.locator("input[name=respect]").nth(1)).to_be_checked()
    outline = plain.locator("input[name=respect] + span").nth(1)
    assert outline.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    press(plain, "more")
    field = plain.locator("input[name=wait]:not([type=checkbox])")
    field.fill("20")
    field.press("Enter")
    # Enter neither sends nor switches the language.
    expect(field).to_have_value("20")
    assert plain.locator("html").get_attribute("lang") == "hi"
    assert stored_answers() == []
    plain.locator("button[value=send]").focus()
    plain.keyboard.press("Enter")
    expect(plain.locator(".receipt .big")).to_be_visible()
    assert len(stored_answers()) == 1


def test_leaving_empties_the_page_and_leaves_no_way_back(
    app: Flask, browser_context: BrowserContext, hang_up: Any
) -> None:
    browser_context.route(
        f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    page = browser_context.new_page()
    code = hang_up(VISIT)
    page.goto(code)
    choose(page, "respect", "1")
    switch_language(page)
    page.locator("a.exit").click()
    page.wait_for_url(NEUTRAL)
    page.evaluate("history.back()")
    page.wait_for_timeout(500)
    page.wait_for_url(NEUTRAL)
    assert page.title() == "Weather"
    # Opening the code again is no way back but a new beginning.
    page.goto(code)
    expect(page.locator("input[name=respect][value='1']")).not_to_be_checked()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("slow", ["/s/", "/about/parts/"])
def test_what_was_asked_for_before_leaving_leads_nobody_back(browser: Browser, hang_up: Any, slow: str) -> None:
    """The other language still comes, or what belongs to it, while the neutral page is on its way."""
    # The worker would have both at once.
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        page, held = context.new_page(), []

        def hold(route: Route) -> None:
            held.append(route)

        page.goto(hang_up(VISIT))
        choose(page, "respect", "1")
        page.wait_for_load_state("networkidle")
        page.route(lambda url: slow in url and "en" in url.rpartition(slow)[2], hold)
        page.route(f"{NEUTRAL}**", hold)
        page.locator("button[name=_lang]").click()
        wait_for(page, lambda: len(held) == 1, 10)
        page.locator("a.exit").click(no_wait_after=True)
        wait_for(page, lambda: len(held) == 2, 10)
        held[0].continue_()
        page.wait_for_timeout(700)
        held[1].fulfill(body="<title>Weather</title>", content_type="text/html")
        expect(page).to_have_title("Weather")


@pytest.mark.usefixtures("app")
def test_leaving_one_tab_leaves_them_all(browser_context: BrowserContext, hang_up: Any) -> None:
    """A link beside a form opens another tab: whoever leaves there must not find the answers behind it."""
    browser_context.route(
        f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    page = browser_context.new_page()
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "1")
    with browser_context.expect_page() as opened:
        page.locator(".foot a[href*='/privacy']").click()
    opened.value.locator("a.exit").click()
    for left in (opened.value, page):
        left.wait_for_url(NEUTRAL)
        expect(left).to_have_title("Weather")


@pytest.mark.usefixtures("app")
def test_who_comes_back_to_a_page_that_was_left_disturbs_nobody(browser_context: BrowserContext, hang_up: Any) -> None:
    browser_context.route(
        f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    code = hang_up(VISIT)
    left = browser_context.new_page()
    open_code(left, code)
    choose(left, "respect", "2")
    left.locator("a.exit").click()
    left.wait_for_url(NEUTRAL)
    other = browser_context.new_page()
    open_code(other, code)
    choose(other, "respect", "1")
    returned: list[str] = []
    left.on("request", lambda request: returned.append(request.url) if request.url == NEUTRAL else None)
    left.evaluate("setTimeout(() => history.back())")
    wait_for(other, lambda: bool(returned))
    expect(other.locator("input[name=respect][value='1']")).to_be_checked()


@pytest.mark.usefixtures("app")
def test_the_way_out_is_a_plain_link_without_script(browser: Browser, hang_up: Any) -> None:
    context = open_context(browser, script=False)
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    page = context.new_page()
    page.goto(hang_up(VISIT))
    page.locator("a.exit").click()
    page.wait_for_url(NEUTRAL)
    context.close()


def test_reloading_the_confirmation_or_going_back_sends_nothing_again(app: Flask, phone: Page, hang_up: Any) -> None:
    open_code(phone, hang_up(VISIT))
    choose(phone, "respect", "3")
    press(phone, "more")
    press(phone, "send")
    expect(phone.locator(".receipt .big")).to_be_visible()
    for _ in range(2):
        phone.reload()
    assert len(stored_answers()) == 1


def test_the_printed_number_leads_to_the_same_page(
    live_server: LiveServer, app: Flask, phone: Page, hang_up: Any
) -> None:
    open_code(phone, hang_up(VISIT))
    number = phone.locator("details .number").text_content() or ""
    phone.goto(f"{live_server.url}/")
    phone.locator("#number").fill("1234567")
    phone.locator("#number").press("Enter")
    expect(phone.locator("#number-error")).to_be_visible()
    expect(phone.locator("#number")).to_have_value("1234567")
    phone.locator("#number").fill(number.translate(str.maketrans("0123456789", "०१२३४५६७८९")))
    phone.locator("#number").press("Enter")
    phone.wait_for_load_state("networkidle")
    choose(phone, "respect", "3")
    press(phone, "send")
    expect(phone.locator(".receipt .big")).to_be_visible()
    with reading() as session:
        assert session.scalars(select(Response.channel)).all() == ["typed"]


@pytest.mark.parametrize(("viewport", "language"), [(PHONE, "hi"), (DESK, "en")], ids=["phone", "desk"])
@pytest.mark.usefixtures("app")
def test_every_page_is_sound_for_everyone(
    live_server: LiveServer, browser: Browser, hang_up: Any, language: str, viewport: ViewportSize
) -> None:
    """WCAG 2.2 AA by axe, no sideways scrolling, nothing clipped, targets and lines as large as promised.

    What scripts make of the form has its own test, in test_one_question.py.
    """
    context = open_context(browser, viewport=viewport)
    # Axe needs scripts to run, so it is ours that do not.
    context.route("**/js/public/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = context.new_page()
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if found := violations(page) + layout_faults(page):
            faults[name] = found

    for path in ("/", "/n", "/n?number=12", "/privacy", "/accessibility", "/nothing", "/s/aaaa"):
        page.goto(f"{live_server.url}{path}{'&' if '?' in path else '?'}lang={language}")
        look(path)
    page.goto(f"{hang_up(VISIT)}?lang={language}")
    look("code")
    choose(page, "respect", "3")
    press(page, "more")
    look("more")
    write(page, "wait", "x")
    press(page, "send")
    look("errors")
    write(page, "wait", "1")
    press(page, "send")
    look("receipt")
    context.close()
    assert faults == {}


def test_letters_twice_as_large_lose_nothing(browser: Browser, app: Flask, hang_up: Any) -> None:
    """WCAG 1.4.4 and 1.4.10: 320 CSS pixels, and letters at 200 %."""
    context = open_context(browser, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(hang_up(VISIT))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert [fault for fault in layout_faults(page) if fault.startswith(("scrolls", "clipped"))] == []
    context.close()
