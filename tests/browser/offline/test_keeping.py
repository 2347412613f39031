"""What was answered so far outlives a reload, Back and a phone short of memory, in the same tab, and nothing else."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser.actors.halves import (
    ANEW,
    DOOR,
    are_kept,
    go_on,
    gone,
    halves,
    has_key,
    kept,
    turn_clock,
)
from tests.browser.actors.memory import FULL
from tests.browser.actors.profiles import Profile
from tests.browser.actors.walking import (
    GIVEN,
    SECRET,
    WAY,
    choose,
    open_code,
    press,
    reach,
    switch_language,
    wait_for,
    write,
)
from tests.browser.citizen.test_citizen_page import NEUTRAL, VISIT, stored_answers
from tests.browser.conftest import LiveServer, layout_faults, open_context, violations

STEP = ".progress [data-slot=step]"
DISCARDED = "Object.defineProperty(document, 'wasDiscarded', { value: true })"

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    browser_context.route(
        f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html")
    )
    return browser_context.new_page()


def test_a_reload_at_every_step_loses_nothing(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    for answer, following in WAY:
        answer(page)
        kept(page)
        page.reload()
        expect(page.locator(DOOR)).to_be_visible()
        assert page.locator("form#answers").is_hidden()
        assert SECRET not in page.locator("body").inner_text()
        go_on(page)
        expect(page.locator(following)).to_be_visible()
    reach(page, ".review")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", GIVEN)]
    wait_for(page, lambda: gone(page))


def test_back_means_one_question_back_after_going_on(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "2")
    choose(page, "money", "no")
    kept(page)
    page.reload()
    go_on(page)
    expect(page.locator("#q-watched")).to_be_visible()
    page.go_back()
    expect(page.locator("#q-money input[value=no]")).to_be_checked()
    page.locator("[data-go=back]").click()
    expect(page.locator("#q-heard")).to_be_visible()
    for name in ("respect", "purpose"):
        page.locator("[data-go=back]").click()
        expect(page.locator(f"#q-{name}")).to_be_visible()


def test_back_leads_over_the_first_question_to_the_way_in(page: Page, hang_up: Any) -> None:
    open_code(page, f"{hang_up(VISIT)}?lang=en")
    choose(page, "respect", "2")
    kept(page)
    page.reload()
    go_on(page)
    for name in ("respect", "purpose"):
        page.locator("[data-go=back]").click()
        expect(page.locator(f"#q-{name}")).to_be_visible()
    page.locator("[data-go=back]").click()
    expect(page.locator("[data-go=begin]")).to_be_visible()


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_door_is_sound_and_turns_with_the_language(page: Page, hang_up: Any, language: str) -> None:
    open_code(page, f"{hang_up(VISIT)}?lang={language}")
    choose(page, "respect", "2")
    kept(page)
    page.reload()
    expect(page.locator(f"{DOOR} h1")).to_be_focused()
    assert violations(page) + layout_faults(page) == []
    switch_language(page)
    expect(page.locator(f"{DOOR} h1")).to_be_visible()
    page.reload()
    go_on(page)
    expect(page.locator("#q-heard")).to_be_visible()
    page.locator("[data-go=back]").click()
    expect(page.locator("#q-respect input[value='2']")).to_be_checked()


def test_starting_anew_deletes_what_was_kept(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "purpose", "passport")
    kept(page)
    page.reload()
    page.locator(ANEW).click()
    expect(page.locator("#q-purpose")).to_be_visible()
    assert page.locator("input:checked").count() == 0
    wait_for(page, lambda: gone(page))
    page.reload()
    expect(page.locator("form.one")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator(DOOR)).to_have_count(0)


@pytest.mark.parametrize("way", [".door [data-leave]", "a.exit"])
def test_leaving_deletes_both_halves_and_leaves_no_way_back(page: Page, hang_up: Any, way: str) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "respect", "2")
    kept(page)
    if way != "a.exit":
        page.reload()
    page.locator(way).click()
    page.wait_for_url(NEUTRAL)
    # From the door it is the first step that was left, and the others lie ahead.
    page.evaluate(f"void setTimeout(() => history.go({1 if way != 'a.exit' else -1}))")
    page.wait_for_timeout(500)
    page.wait_for_url(NEUTRAL)
    assert page.title() == "Weather"
    page.goto(address)
    expect(page.locator("form.one")).to_be_visible()
    wait_for(page, lambda: gone(page))
    expect(page.locator(DOOR)).to_have_count(0)


def test_another_page_and_back_loses_nothing(page: Page, live_server: LiveServer, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "2")
    kept(page)
    page.goto(f"{live_server.url}/privacy")
    page.wait_for_load_state("networkidle")
    assert len(halves(page)) == 1
    page.go_back()
    go_on(page)
    page.locator("[data-go=back]").click()
    expect(page.locator("#q-respect input[value='2']")).to_be_checked()


def test_what_is_opened_otherwise_finds_nothing(page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "purpose", "passport")
    kept(page)
    page.goto(address)
    expect(page.locator("form.one")).to_be_visible()
    wait_for(page, lambda: gone(page))
    expect(page.locator(DOOR)).to_have_count(0)
    page.reload()
    expect(page.locator("form.one")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator(DOOR)).to_have_count(0)


def test_a_tab_that_the_phone_discarded_goes_on(page: Page, hang_up: Any) -> None:
    """Chromium discards no tab that is driven; it says of one that it did by this alone."""
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "respect", "2")
    kept(page)
    page.add_init_script(DISCARDED)
    page.goto(address)
    go_on(page)
    expect(page.locator("#q-heard")).to_be_visible()


def test_two_tabs_of_one_code_do_not_disturb_each_other(page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    other = page.context.new_page()
    for each, value in ((page, "2"), (other, "5")):
        open_code(each, address)
        choose(each, "respect", value)
    kept(page, 2)
    kept(other, 2)
    for each, value in ((page, "2"), (other, "5")):
        each.bring_to_front()
        each.reload()
        go_on(each)
        each.locator("[data-go=back]").click()
        expect(each.locator(f"#q-respect input[value='{value}']")).to_be_checked()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    wait_for(page, lambda: len(halves(page)) == 1)
    other.reload()
    go_on(other)


def test_a_duplicated_tab_finds_nothing_and_takes_nothing_away(page: Page, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    choose(page, "respect", "2")
    kept(page)
    page.context.add_init_script(f"if (opener) {DISCARDED}")
    with page.expect_popup() as popup:
        # Whoever is opened by a page gets a copy of its session storage, as a duplicated tab does.
        page.evaluate("address => void window.open(address)", address)
    expect(popup.value.locator("form.one")).to_be_visible()
    wait_for(popup.value, lambda: not has_key(popup.value))
    expect(popup.value.locator(DOOR)).to_have_count(0)
    page.bring_to_front()
    page.reload()
    go_on(page)


def test_a_killed_browser_has_nothing_in_plain_and_shows_nothing(profile: Profile, hang_up: Any) -> None:
    address = hang_up(VISIT)
    for end in (1, 2, 3):
        page = profile.launch()
        open_code(page, address)
        expect(page.locator(DOOR)).to_have_count(0)
        choose(page, "respect", "1")
        if end > 1:
            press(page, "more")
            write(page, "words", SECRET)
        if end > 2:
            page.context.set_offline(True)
            press(page, "send")
            expect(page.locator(".receipt.kept")).to_be_visible()
        else:
            wait_for(page, partial(are_kept, page, end))
        profile.kill()
        assert profile.holds(SECRET) == []
        assert profile.holds("respect")
    assert stored_answers() == []
    page = profile.launch()
    page.goto(address)
    wait_for(page, lambda: len(stored_answers()) == 1)
    assert stored_answers()[0][1]["words"] == SECRET
    # The halves of the first two tabs, whose keys are gone; that of the third went as its answer was kept.
    assert len(halves(page)) == 2
    turn_clock(page, minutes=32)
    page.reload()
    wait_for(page, lambda: not halves(page))


@pytest.mark.parametrize("full", [False, True])
def test_where_nothing_can_be_kept_it_is_said_once_and_asked_before_leaving(
    browser: Browser, hang_up: Any, full: bool
) -> None:
    context = open_context(browser)
    refused = "Object.defineProperty(self, 'sessionStorage', { get() { throw new Error('refused'); } });"
    context.add_init_script(FULL if full else refused)
    page = context.new_page()
    open_code(page, hang_up(VISIT))
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    loss = page.locator(".unkept.loss > p:last-child")
    if full:
        page.evaluate("window.full = true")
    else:
        expect(loss).to_be_visible()
        assert violations(page) + layout_faults(page) == []
        page.reload()
        assert asked == []
    choose(page, "purpose", "passport")
    expect(loss).to_have_text("यह पन्ना फिर से लोड करने या छोड़ने पर आपके जवाब मिट जाएँगे।")
    switch_language(page)
    expect(loss).to_have_text("Loading this page again or leaving it loses your answers.")
    page.reload()
    assert asked == ["beforeunload"]
    choose(page, "respect", "2")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    page.reload()
    assert asked == ["beforeunload"]
    context.close()


def test_links_open_beside_a_form_that_has_answers(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    link = page.locator(".foot a[href^='/privacy']")
    choose(page, "respect", "2")
    kept(page)
    with page.context.expect_page() as beside:
        link.click()
    assert beside.value.url.endswith("/privacy")
    assert beside.value.evaluate("opener") is None
    beside.value.wait_for_load_state("networkidle")
    expect(page.locator("#q-respect input[value='2']")).to_be_checked()
    assert len(halves(page)) == 1


def test_a_form_without_answers_is_left_as_any_page(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    page.locator(".foot a[href^='/privacy']").click()
    page.wait_for_url("**/privacy")


def test_what_was_answered_before_the_door_is_not_thrown_away(page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "purpose", "passport")
    choose(page, "respect", "2")
    kept(page)
    page.add_init_script(
        "IDBFactory.prototype.open = (open => function (...name) {"
        " if (window.ready) return open.apply(this, name); const request = new EventTarget();"
        " setTimeout(function again(self) { if (!window.ready) return setTimeout(again, 20, self);"
        " const real = open.apply(self, name);"
        " for (const kind of ['onsuccess', 'onerror', 'onupgradeneeded']) real[kind] = request[kind];"
        " Object.defineProperty(request, 'result', { get: () => real.result }); }, 20, this);"
        " return request; })(IDBFactory.prototype.open)"
    )
    page.reload()
    choose(page, "purpose", "complaint")
    page.evaluate("window.ready = true")
    go_on(page)
    expect(page.locator("#q-heard")).to_be_visible()
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"purpose": "complaint", "respect": 2})]


def test_without_script_it_is_said_that_nothing_is_kept(page: Page, hang_up: Any) -> None:
    """Chromium shows what stands in <noscript> only where its own settings switch scripts off, which no test can."""
    answer = page.goto(hang_up(VISIT))
    assert answer
    said = answer.text().partition("<noscript>")[2].partition("</noscript>")[0]
    assert "भेजने से पहले पन्ना छोड़ा, तो जवाब मिट जाएँगे" in said
