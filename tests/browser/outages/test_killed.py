"""Browser and server die without a word on the way: nothing half, nothing in plain, nothing lost.

After some steps of it; the server after each is `script/bench kills`.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.benchmarks.harness.rooms import room, server
from tests.browser.actors.halves import DOOR, are_kept, go_on, halves, kept
from tests.browser.actors.profiles import Profile
from tests.browser.actors.walking import GIVEN, SECRET, WAY, open_code, press, reach, wait_for
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import LiveServer, open_context

FREE_TEXT = ("money_how", "words")


def test_a_server_that_is_killed_costs_no_answer(browser: Browser) -> None:
    answer_while_the_server_is_down(browser, every=4)


def answer_while_the_server_is_down(browser: Browser, *, every: int) -> int:
    """Loaded again after every so many steps while it is down, gone on with, sent, and there again at the end.

    Says how many answers arrived of the one that was given.
    """
    with room(VISIT) as place, open_context(browser) as phone:
        page = phone.new_page()
        with server(place.settings) as first:
            port = first.port
            address = f"http://127.0.0.1:{port}/s/{place.token.lower()}"
            open_code(page, address)
            first.kill()
        # Served as it is installed, the page asks nothing that nobody reads.
        for step, (answer, _) in enumerate(WAY[: -len(FREE_TEXT)]):
            answer(page)
            kept(page)
            if step % every == 0:
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
            return len(stored_answers())


def test_looking_into_a_new_phone_leaves_nothing_there(browser: Browser, live_server: LiveServer) -> None:
    """An empty database of a lower version would stand in the way of the page's own, which would wait for it."""
    with open_context(browser, script=True) as phone:
        page = phone.new_page()
        page.goto(f"{live_server.url}/about/privacy")
        assert halves(page) == []
        assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.usefixtures("app")
def test_a_browser_that_is_killed_leaves_nothing_half(profile: Profile, hang_up: Any) -> None:
    kill_after(profile, hang_up(VISIT), (1, len(WAY)))
    assert stored_answers() == []


def kill_after(profile: Profile, address: str, many: Iterable[int]) -> None:
    """Answers from the beginning each time, and pulls the battery out after so many steps."""
    for steps in many:
        page = profile.launch()
        open_code(page, address)
        # Somebody else may hold the phone by now: a page like new. What is left of those before has no key any more.
        expect(page.locator(DOOR)).to_have_count(0)
        assert page.locator("input:checked").count() == 0
        left = len(halves(page))
        assert left <= steps
        for answer, _ in WAY[:steps]:
            answer(page)
        if steps:
            wait_for(page, partial(are_kept, page, left + 1))
        profile.kill()
        assert profile.holds(SECRET) == []


@pytest.mark.usefixtures("app")
def test_a_browser_that_is_killed_at_sending_has_sent_once_or_keeps_it(profile: Profile, hang_up: Any) -> None:
    address = hang_up(VISIT)
    page = profile.launch()
    open_code(page, address)
    for answer, _ in WAY:
        answer(page)
    reach(page, ".review")
    page.evaluate("document.querySelector('.review [value=send]').click()")
    profile.kill()
    assert profile.holds(SECRET) == []
    assert stored_answers() in ([], [("hi", GIVEN)])
    page = profile.launch()
    # What is sent now takes the pages of its code away, so there is nothing to wait for.
    page.goto(address)
    expect(page.locator("form.one")).to_be_visible()
    expect(page.locator(DOOR)).to_have_count(0)
    wait_for(page, lambda: page.locator(".kept-list li").count() == 0 or bool(stored_answers()))
    # Whether its last write was whole is the disk's; half of an answer, or two of it, there is never.
    assert stored_answers() in ([], [("hi", GIVEN)])
