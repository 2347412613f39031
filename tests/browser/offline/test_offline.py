"""A phone that loses the network, its page, its browser or its memory, and what becomes of the answer on it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.domain.weeks import week_of
from app.models import Placement, Response
from app.services.codes.placements import retire_placement
from app.transaction import reading, transaction
from app.web.public import worker
from app.web.public.rendered import Rendered
from tests.browser.actors.faults import Faults
from tests.browser.actors.memory import FULL, KEPT_PAGES, KEPT_SCRIPTS, WIPE
from tests.browser.actors.phones import DrivenPhone, counted_numbers, stored_ids
from tests.browser.actors.profiles import Profile
from tests.browser.actors.walking import choose, open_code, press, switch_language, wait_for, write
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import open_context

SECRET = "मोरपंखी बरामदे में तीन घंटे"
KEPT = ".kept h1"
WAITING = "navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting && waiting.state)"
# The browser driven here was seen not to let in a new worker that asked for it, so what it asks for is written down.
ASKS = ";self.skipWaiting = () => caches.open('asked-to-take-over');"


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_the_page_in_its_other_language_is_kept_as_the_server_would_tell_it(
    app: Flask, browser: Browser, hang_up: Any, lang: str
) -> None:
    address = hang_up(VISIT)
    with open_context(browser) as context:
        page = context.new_page()
        open_code(page, f"{address}?lang={lang}")
        kept = page.evaluate(KEPT_PAGES)
        served = {each: page.request.get(f"{address}?lang={each}").text() for each in ("hi", "en")}
    path = urlsplit(address).path.lower()
    assert {key: text for key, text, _ in kept} == {f"{path}?lang={each}": served[each] for each in served}
    assert all("default-src" in policy for _, _, policy in kept)


def test_what_else_an_address_says_makes_no_other_page_and_each_language_is_one(
    app: Flask, faults: Faults, browser: Browser, hang_up: Any
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        address = hang_up(VISIT)
        open_code(page, f"{address}?lang=en&from_a=poster")
        wait_for(page, lambda: len(page.evaluate(KEPT_PAGES)) == 2)
        # As a page in a third language would be kept.
        kept = (
            "caches.open('samvad-pages').then((pages) => pages.put(`${location.pathname}?lang=mr`, new Response('म')))"
        )
        page.evaluate(kept)
        faults.down = True
        for query, language in (("?lang=en", "en"), ("", "hi"), ("?lang=hi&x=1", "hi")):
            page.goto(address + query)
            assert page.locator("html").get_attribute("lang") == language
        page.goto(f"{address}?lang=mr")
        assert page.locator("body").inner_text() == "म"


def test_the_worker_brings_the_scripts_as_their_addresses_would(app: Flask, browser: Browser, hang_up: Any) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        open_code(page, hang_up(VISIT))
        kept = page.evaluate(KEPT_SCRIPTS)
        assert len(kept) > 12
        for address, text in kept:
            assert text == page.request.get(address).text()


@pytest.mark.parametrize("end", ["close", "kill"])
def test_an_answer_outlives_the_browser_and_is_sent_when_there_is_a_server(
    app: Flask, faults: Faults, profile: Profile, hang_up: Any, end: str
) -> None:
    address = hang_up(VISIT)
    page = profile.launch()
    open_code(page, address)
    faults.down = True
    page.reload()
    choose(page, "respect", "2")
    switch_language(page)
    press(page, "more")
    write(page, "words", SECRET)
    press(page, "send")
    expect(page.locator(KEPT)).to_have_text("Kept on this phone, not sent yet")
    getattr(profile, end)()
    page = profile.launch()
    page.goto(address)
    expect(page.locator(".kept-list li")).to_have_count(1)
    assert stored_answers() == []
    faults.down = False
    # By whoever is quicker: the page tries again by itself, and takes the button away while it does.
    page.locator("[data-go=again]").evaluate("(button) => button.click()")
    expect(page.locator(".kept-list [data-slot=state]")).to_have_text("भेज दिया गया।")
    assert stored_answers() == [("en", {"respect": 2, "words": SECRET})]
    profile.close()
    assert profile.holds(SECRET) == []


def test_an_answer_leaves_although_its_code_has_been_taken_down(
    app: Flask, browser: Browser, faults: Faults, hang_up: Any
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        address = hang_up(VISIT)
        open_code(page, address)
        faults.down = True
        choose(page, "respect", "1")
        press(page, "send")
        expect(page.locator(KEPT)).to_be_visible()
        page.close()
        with transaction() as session:
            placement_id = session.scalars(select(Placement.id)).one()
            retire_placement(session, placement_id, actor_id=None, now=datetime.now(UTC))
        faults.down = False
        page = context.new_page()
        with page.expect_response("**/api/v1/responses"):
            assert page.goto(address).status == 410  # type: ignore[union-attr]
        assert len(stored_answers()) == 1


def test_a_browser_that_is_killed_while_it_sends_sends_again_and_once(
    app: Flask, faults: Faults, profile: Profile, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    page = profile.launch()
    open_code(page, address)
    choose(page, "respect", "5")
    faults.happening = ("reset-after",)
    press(page, "send")
    expect(page.locator(KEPT)).to_be_visible()
    # It is on the server; the phone does not know.
    wait_for(page, lambda: len(stored_answers()) == 1)
    profile.kill()
    faults.happening = (None,)
    page = profile.launch()
    page.goto(address)
    DrivenPhone(page, address).prepare().flush()
    page.reload()
    expect(page.locator("form.one")).to_be_visible()
    expect(page.locator(".kept-list")).to_have_count(0)
    assert len(stored_answers()) == 1


def test_a_new_worker_waits_until_the_one_who_answers_is_done(
    app: Flask, browser: Browser, hang_up: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        open_code(page, hang_up(VISIT))
        choose(page, "respect", "4")
        before = worker.worker_script().text
        assert re.search(r'"version":"\w+"', before)
        newer = re.sub(r'"version":"\w+"', '"version":"0123456789"', before)
        monkeypatch.setattr(worker, "worker_script", lambda: Rendered(newer + ASKS, "text/javascript"))
        page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
        wait_for(page, lambda: page.evaluate(WAITING) == "installed")
        page.wait_for_timeout(300)
        assert shells(page) == 2
        assert "asked-to-take-over" not in page.evaluate("caches.keys()")
        expect(page.locator("input[name=respect][value='4']")).to_be_checked()
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        wait_for(page, lambda: "asked-to-take-over" in page.evaluate("caches.keys()"))
        assert len(stored_answers()) == 1


def shells(page: Page) -> int:
    """How many versions of the scripts are kept."""
    names: list[str] = page.evaluate("caches.keys()")
    return sum(name.startswith("samvad-shell-") for name in names)


def test_a_full_disk_is_said_before_the_first_question_and_the_answer_can_be_sent(
    app: Flask, browser: Browser, hang_up: Any
) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.add_init_script(f"window.full = true;{FULL}")
        open_code(page, hang_up(VISIT))
        expect(page.locator(".unkept")).to_be_visible()
        choose(page, "respect", "1")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [("hi", {"respect": 1})]


def test_a_disk_that_becomes_full_while_answering_costs_no_answer(app: Flask, browser: Browser, hang_up: Any) -> None:
    with open_context(browser) as context:
        page = context.new_page()
        page.add_init_script(FULL)
        open_code(page, hang_up(VISIT))
        choose(page, "respect", "1")
        page.evaluate("window.full = true")
        context.set_offline(True)
        press(page, "send")
        expect(page.locator(".review .error")).to_be_visible()
        context.set_offline(False)
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        assert stored_answers() == [("hi", {"respect": 1})]


def test_memory_that_is_wiped_under_an_open_page_is_filled_again(app: Flask, browser: Browser, hang_up: Any) -> None:
    with open_context(browser) as context:
        page, other = context.new_page(), context.new_page()
        address = hang_up(VISIT)
        phone = DrivenPhone(page, address).open()
        other.goto(f"{address.partition('/s/')[0]}/privacy")
        context.set_offline(True)
        identifier = phone.keep({"respect": 3})
        # The page's connection is closed by this, as by a browser that clears its data.
        assert other.evaluate(WIPE) == "success"
        wait_for(page, lambda: [row["id"] for row in phone.rows()] == [identifier])
        assert "wiped" in {each["state"] for each in phone.told()}
        context.set_offline(False)
        wait_for(page, lambda: (phone.flush(), stored_ids() == {identifier})[1])
        assert [*phone.numbers().items()] == [(identifier, *counted_numbers())]


@pytest.mark.parametrize("days", [-2, 2, -20000, 30000])
def test_a_clock_that_is_wrong_costs_no_answer_and_bends_no_week(
    app: Flask, browser: Browser, hang_up: Any, days: int
) -> None:
    # The week is clamped between stamp and arrival, and a stamp names the hour, half of which may belong to Sunday.
    first = week_of(datetime.now(UTC).replace(minute=0))
    with open_context(browser) as context:
        page = context.new_page()
        page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
        open_code(page, hang_up(VISIT))
        choose(page, "respect", "1")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
    with reading() as session:
        assert session.scalars(select(Response.week)).one() in {first, week_of(datetime.now(UTC))}
