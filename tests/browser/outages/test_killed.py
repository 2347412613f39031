"""Browser and server die without a word on the way: nothing half, nothing in plain, nothing lost.

After each step of it.
"""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.benchmarks.harness.rooms import room, server
from tests.browser.actors.halves import DOOR, are_kept, go_on, halves, kept, turn_clock
from tests.browser.actors.memory import rows_of
from tests.browser.actors.profiles import Profile
from tests.browser.actors.walking import GIVEN, SECRET, WAY, open_code, press, reach, wait_for, within_seconds
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, open_context

FREE_TEXT = ("money_how", "words")


def test_a_server_that_is_killed_costs_no_answer(browser: Browser) -> None:
    """The page is loaded again after each step while it is down, gone on with and sent, and its answer is there."""
    with room(VISIT) as place, open_context(browser) as phone:
        page = phone.new_page()
        with server(place.settings) as first:
            port = first.port
            address = f"http://127.0.0.1:{port}/s/{place.token.lower()}"
            open_code(page, address)
            first.kill()
        # Served as it is installed, the page asks nothing that nobody reads.
        for answer, _ in WAY[: -len(FREE_TEXT)]:
            answer(page)
            kept(page)
            page.reload()
            go_on(page)
            expect(page.locator("form#answers")).to_be_visible()
            assert stored_answers() == []
        reach(page, ".review")
        press(page, "send")
        expect(page.locator(".receipt.kept")).to_be_visible()
        page.clock.install()
        page.goto(address)
        expect(page.locator(".kept-list li")).to_have_count(1)
        # Killed as soon as it has taken the answer, whether the phone has been told or not, and then there for good.
        with server(place.settings, port) as last:
            page.clock.run_for(60_000)
            wait_for(page, lambda: len(stored_answers()) == 1)
            last.kill()
        with server(place.settings, port):
            page.clock.run_for(600_000)
            expect(page.locator(".kept-list [data-slot=state]")).to_have_text("भेज दिया गया।")
            assert stored_answers() == [("hi", {name: value for name, value in GIVEN.items() if name not in FREE_TEXT})]


def test_looking_into_a_new_phone_leaves_nothing_there(browser: Browser, live_server: LiveServer) -> None:
    """An empty database of a lower version would stand in the way of the page's own, which would wait for it."""
    with open_context(browser, script=True) as phone:
        page = phone.new_page()
        page.goto(f"{live_server.url}/about/privacy")
        assert halves(page) == []
        assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.usefixtures("app")
def test_a_browser_that_is_killed_at_any_step_leaves_nothing_half_and_sends_once(
    profile: Profile, hang_up: Any
) -> None:
    address = hang_up(VISIT)
    kill_at_each_step(profile, address)
    assert stored_answers() == []

    # As it is sent: whether its last write was whole is the disk's; half of an answer, or two of it, there is never.
    page = as_new(profile, address)
    forget_halves(page, address)
    reach_the_end(page)
    page.evaluate("document.querySelector('.review [value=send]').click()")
    killed(profile)
    page = as_new(profile, address)
    wait_for(page, lambda: waiting(page) == 0)
    before = len(stored_answers())
    assert before <= 1

    # While it waits for network, and as it is sent from there.
    reach_the_end(page)
    page.context.set_offline(True)
    press(page, "send")
    expect(page.locator(".receipt.kept")).to_be_visible()
    killed(profile)
    page = profile.launch()
    with page.expect_request("**/api/v1/responses"):
        page.goto(address, wait_until="commit")
    killed(profile)

    # Once it has arrived.
    page = as_new(profile, address)
    wait_for(page, lambda: waiting(page) == 0)
    assert len(stored_answers()) == before + 1
    reach_the_end(page)
    press(page, "send")
    expect(page.locator(".receipt .big")).to_be_visible()
    killed(profile)
    page = as_new(profile, address)
    assert waiting(page) == 0
    assert stored_answers() == [("hi", GIVEN)] * (before + 2)


def kill_at_each_step(profile: Profile, address: str) -> None:
    """One tab for each step of the way, and one at what is told back; the battery is pulled out under all of them."""
    profile.launch()
    for steps in range(len(WAY) + 1):
        assert profile.context is not None
        page = profile.context.new_page()
        open_code(page, address)
        # Another tab holds what others answer.
        expect(page.locator(DOOR)).to_have_count(0)
        for answer, _ in WAY[:steps]:
            answer(page)
        if steps == len(WAY):
            reach(page, ".review")
        wait_for(page, partial(are_kept, page, steps))
    killed(profile)


def killed(profile: Profile) -> None:
    profile.kill()
    assert profile.holds(SECRET) == []


def as_new(profile: Profile, address: str) -> Page:
    """Somebody else may hold the phone by now: what was half answered does not come back, and none of it is shown."""
    page = profile.launch()
    # What is sent now takes the pages of its code away, so there is nothing to wait for.
    page.goto(address)
    expect(page.locator("form.one")).to_be_visible()
    expect(page.locator(DOOR)).to_have_count(0)
    assert page.locator("input:checked").count() == 0
    return page


def forget_halves(page: Page, address: str) -> None:
    """What the tabs before have left has no key any more, and goes half an hour later."""
    turn_clock(page, minutes=31)
    page.goto(address)
    wait_for(page, lambda: halves(page) == [])


def waiting(page: Page) -> int:
    """How many answers wait on this phone to be sent."""
    return int(page.evaluate(within_seconds(rows_of("outbox", told="rows[0].length"), "1")))


def reach_the_end(page: Page) -> None:
    for answer, _ in WAY:
        answer(page)
    reach(page, ".review")
