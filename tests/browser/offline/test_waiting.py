"""What waits on a citizen's phone is listed wherever she comes back, and every line of it stays true."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.models import Placement
from app.services.codes.placements import retire_placement
from app.transaction import transaction
from tests.browser.actors.faults import RETRY_AFTER_S, Faults
from tests.browser.actors.memory import FULL, KEPT_PAGES, WIPE
from tests.browser.actors.walking import choose, open_code, press, reach, switch_language, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, layout_faults, open_context, violations

KEPT = ".kept h1"
LINE = ".kept-list [data-slot=state]"
AGAIN = ".card [data-go=again]"
OF_THE_FORM = ".actions:not(.ways) [value=send]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of a phone that may complain about a server that does not answer."""
    with open_context(browser) as context:
        yield context.new_page()


def try_again(page: Page) -> None:
    """The button goes once nothing waits, and that may have been sent by itself a moment ago."""
    page.locator(AGAIN).dispatch_event("click")


def keep_one(page: Page, faults: Faults, address: str, respect: str = "1") -> None:
    """An answer that waits, since the server is busy."""
    open_code(page, address)
    faults.happening = ("unavailable",)
    choose(page, "respect", respect)
    press(page, "send")
    expect(page.locator(KEPT)).to_be_visible()


@pytest.mark.parametrize(("lang", "waits", "soon", "sent"), [
    ("hi", "एक जवाब नेटवर्क मिलने का इंतज़ार कर रहा है", "अपने-आप फिर कोशिश होगी", "भेज दिया गया।"),
    ("en", "One answer waits for network", "It is tried again by itself", "Sent."),
])  # fmt: skip
def test_a_code_that_is_over_lists_what_waits_and_sends_it(
    app: Flask, page: Page, faults: Faults, hang_up: Any, lang: str, waits: str, soon: str, sent: str
) -> None:
    address = hang_up(VISIT)
    keep_one(page, faults, address)
    with transaction() as session:
        placement_id = session.scalars(select(Placement.id)).one()
        retire_placement(session, placement_id, actor_id=None, now=datetime.now(UTC))
    assert page.goto(f"{address}?lang={lang}").status == 410  # type: ignore[union-attr]
    expect(page.locator(LINE)).to_contain_text(waits)
    page.locator(AGAIN).click()
    expect(page.locator("[data-slot=said]")).to_contain_text(soon)
    assert violations(page) + layout_faults(page) == []
    faults.happening = (None,)
    try_again(page)
    expect(page.locator(LINE)).to_have_text(sent)
    expect(page.locator(".kept-list button, [data-go=again]").locator("visible=true")).to_have_count(0)
    assert len(stored_answers()) == 1


def test_the_page_of_a_code_that_is_over_stays_while_an_answer_waits(
    app: Flask, page: Page, faults: Faults, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    keep_one(page, faults, address)
    with transaction() as session:
        placement_id = session.scalars(select(Placement.id)).one()
        retire_placement(session, placement_id, actor_id=None, now=datetime.now(UTC))
    page.goto(address)
    expect(page.locator(LINE)).to_have_count(1)
    # What would take it away has run.
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT_PAGES) != []
    faults.happening = (None,)
    try_again(page)
    wait_for(page, lambda: page.evaluate(KEPT_PAGES) == [])
    assert len(stored_answers()) == 1


def test_it_can_be_deleted_from_any_page(
    app: Flask, live_server: LiveServer, page: Page, faults: Faults, hang_up: Any
) -> None:
    keep_one(page, faults, hang_up(VISIT))
    page.goto(f"{live_server.url}/privacy")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".kept-list [data-go=delete]").click()
    expect(page.locator(".kept-list")).to_have_count(0)
    faults.happening = (None,)
    page.reload(wait_until="networkidle")
    assert stored_answers() == []


def test_leaving_deletes_nothing_that_waits(app: Flask, page: Page, faults: Faults, hang_up: Any) -> None:
    page.route("https://mausam.imd.gov.in/**", lambda route: route.fulfill(body="weather"))
    address = hang_up(VISIT)
    keep_one(page, faults, address)
    page.locator(".state [data-leave]").click()
    page.wait_for_url("https://mausam.imd.gov.in/**")
    page.goto(address)
    expect(page.locator(".kept-list li")).to_have_count(1)


def test_a_busy_server_is_not_told_as_missing_network(app: Flask, page: Page, faults: Faults, hang_up: Any) -> None:
    keep_one(page, faults, hang_up(VISIT))
    expect(page.locator("[data-slot=state]")).to_have_text("अभी भेजा नहीं जा सका। अपने-आप फिर कोशिश होगी।")
    page.context.set_offline(True)
    page.locator("[data-go=again]").click()
    expect(page.locator("[data-slot=state]")).to_have_text("अभी नेटवर्क नहीं है।")


def test_a_server_that_asks_to_be_left_alone_is_and_then_it_is_tried_by_itself(
    app: Flask, page: Page, faults: Faults, hang_up: Any
) -> None:
    page.clock.install()
    open_code(page, hang_up(VISIT))
    faults.happening = ("later",)
    choose(page, "respect", "1")
    press(page, "send")
    expect(page.locator(KEPT)).to_be_visible()
    page.locator("[data-go=again]").click()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.clock.run_for(1000 * RETRY_AFTER_S // 2)
    assert faults.met == ["later"]
    faults.happening = (None,)
    page.clock.run_for(1000 * RETRY_AFTER_S)
    expect(page.locator(".receipt .big")).to_be_visible()
    assert faults.met == ["later", None]


def test_a_list_whose_memory_is_wiped_is_kept_all_the_same(
    app: Flask, live_server: LiveServer, page: Page, faults: Faults, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    keep_one(page, faults, address)
    page.goto(address)
    expect(page.locator(LINE)).to_have_count(1)
    other = page.context.new_page()
    other.goto(f"{live_server.url}/k")
    assert other.evaluate(WIPE) == "success"
    faults.happening = (None,)
    try_again(page)
    expect(page.locator(LINE)).to_have_text("भेज दिया गया।")
    assert len(stored_answers()) == 1


def test_a_list_whose_memory_is_gone_for_good_says_so(
    app: Flask, live_server: LiveServer, page: Page, faults: Faults, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    keep_one(page, faults, address)
    page.add_init_script(FULL.replace("if (window.full)", "if (window.full && this.name === 'outbox')"))
    page.goto(address)
    expect(page.locator(LINE)).to_have_count(1)
    page.evaluate("window.full = true")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/k")
    assert other.evaluate(WIPE) == "success"
    # A page notices when it looks next.
    expect(page.locator(LINE)).to_contain_text("जवाब भेजे जाने से पहले ही मिट गया", timeout=60_000)
    expect(page.locator(".kept-list button").locator("visible=true")).to_have_count(0)
    assert violations(page) + layout_faults(page) == []


def test_a_page_that_says_kept_says_when_it_is_gone_for_good(
    app: Flask, live_server: LiveServer, page: Page, faults: Faults, hang_up: Any
) -> None:
    page.add_init_script(FULL.replace("if (window.full)", "if (window.full && this.name === 'outbox')"))
    keep_one(page, faults, hang_up(VISIT))
    page.evaluate("window.full = true")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/k")
    assert other.evaluate(WIPE) == "success"
    expect(page.locator("[data-slot=why]")).to_contain_text("जवाब भेजे जाने से पहले ही मिट गया", timeout=60_000)
    expect(page.locator("[data-go=file], [data-go=delete], [data-held]")).to_have_count(0)
    assert violations(page) + layout_faults(page) == []


def test_the_other_language_of_a_confirmation_leaves_no_page_behind(app: Flask, page: Page, hang_up: Any) -> None:
    open_code(page, hang_up(VISIT))
    choose(page, "respect", "4")
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    switch_language(page)
    expect(page.locator(".receipt h1")).to_have_text("Thank you. Your answer has arrived.")
    page.wait_for_timeout(300)
    assert page.evaluate(KEPT_PAGES) == []


def test_a_server_that_goes_before_the_scripts_have_come_costs_no_answer(
    app: Flask, page: Page, faults: Faults, hang_up: Any
) -> None:
    faults.lost = ("/sw.js", "/answer-form.js", "/sending.js", "/language.js", "/draft.js", "/read-aloud.js")
    page.goto(hang_up(VISIT), wait_until="networkidle")
    choose(page, "respect", "2")
    faults.down = True
    reach(page, OF_THE_FORM)
    for _ in range(2):
        page.locator(f"{OF_THE_FORM}:visible").click()
        expect(page.locator("[data-slot=step]")).to_contain_text("नेटवर्क नहीं है")
    page.locator("button[name=_lang]").click()
    expect(page.locator("[data-slot=step]")).to_contain_text("दूसरी भाषा")
    faults.down = False
    page.locator(f"{OF_THE_FORM}:visible").click()
    expect(page.locator(".receipt .big")).to_be_visible()
    assert stored_answers() == [("hi", {"respect": 2})]


def test_a_network_that_hangs_is_waited_for_three_seconds(app: Flask, page: Page, faults: Faults, hang_up: Any) -> None:
    address = hang_up(VISIT)
    open_code(page, address)
    faults.slow_s = 8
    waited = page.evaluate(
        "(address) => { const began = performance.now();"
        " return fetch(address).then((page) => page.ok && (performance.now() - began) / 1000); }",
        address,
    )
    assert 2.9 < waited < 7.5
