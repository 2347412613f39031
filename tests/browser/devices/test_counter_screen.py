"""A counter screen in a real browser: set up, a new code every minute, without network, restarted, used up, ended."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from app.domain.codes.counter_code import step_of
from app.models import Response, Screen, Verdict
from app.services.codes.counter_screens import end_screen, give_screen_code
from app.transaction import reading, transaction
from app.web.context import context as product
from tests.browser.actors.profiles import Profile
from tests.browser.actors.walking import choose, open_code, press, wait_for
from tests.browser.conftest import LiveServer, layout_faults, open_context, violations
from tests.factories import RegisteredScreen, register_screen

HOUR_MS = 3_600_000
WORKS = "body[data-state=works][data-kept]"


@pytest.fixture
def screen(app: Flask) -> RegisteredScreen:
    with transaction() as session:
        names = {"name_hi": "थाना चंदनपुर कोतवाली", "name_en": "Chandanpur Kotwali Police Station"}
        return register_screen(session, now=datetime.now(UTC), **names)


@pytest.fixture
def tablet(browser_context: BrowserContext) -> Page:
    page = browser_context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.clock.install(time=datetime.now(UTC))
    return page


def set_up(page: Page, live: LiveServer, code: str) -> None:
    page.goto(f"{live.url}/c")
    page.locator("#code").fill(code)
    page.locator("#enrol button").click()
    expect(page.locator(WORKS)).to_be_visible(timeout=20_000)


def scan(page: Page) -> str:
    """What a camera reads off the screen."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    return found.text


def stored() -> list[tuple[str, str, str]]:
    with reading() as session:
        rows = select(Response.evidence, Verdict.verdict, Verdict.reasons)
        found = session.execute(rows.join(Verdict, Verdict.response_id == Response.id))
        return [(evidence, verdict, reasons) for evidence, verdict, reasons in found]


def step_shown(page: Page) -> int:
    token = product().codes.token(scan(page).rpartition("/")[2])
    assert token.time_step is not None
    return token.time_step


def test_it_is_set_up_and_what_it_shows_is_answered_and_counted(
    live_server: LiveServer, browser: Browser, tablet: Page, screen: RegisteredScreen
) -> None:
    set_up(tablet, live_server, screen.code)
    assert abs(step_shown(tablet) - step_of(datetime.now(UTC))) <= 1
    expect(tablet.locator("[data-slot=place-hi]")).to_have_text("थाना चंदनपुर कोतवाली")
    expect(tablet.locator("[data-slot=place-en]")).to_have_text("Chandanpur Kotwali Police Station")
    expect(tablet.locator(".warns")).to_be_hidden()
    address = scan(tablet)
    assert address.startswith(f"{live_server.url}/s/".upper())
    phone = open_context(browser)
    page = phone.new_page()
    open_code(page, live_server.url + address[len(live_server.url) :])
    expect(page.locator(".compare").first).to_contain_text("स्क्रीन से मिला लें")
    choose(page, "purpose", "passport")
    press(page, "send")
    wait_for(page, lambda: stored() == [("present", "counted", "[]")])
    phone.close()
    with reading() as session:
        assert session.get_one(Screen, screen.placement_id).fetched_on is not None


def test_who_opened_a_code_in_time_goes_on_although_it_has_changed(
    live_server: LiveServer, browser: Browser, tablet: Page, screen: RegisteredScreen
) -> None:
    set_up(tablet, live_server, screen.code)
    address = live_server.url + scan(tablet)[len(live_server.url) :]
    phone, late = open_context(browser), open_context(browser)
    page, other = phone.new_page(), late.new_page()
    open_code(page, address)
    page.reload(wait_until="networkidle")
    live_server.app.config["CLOCK"] = lambda: datetime.now(UTC) + timedelta(minutes=20)
    # The phone has emptied the tab meanwhile, and asks for the page again.
    page.reload()
    choose(page, "purpose", "passport")
    press(page, "send")
    wait_for(page, lambda: stored() == [("present", "counted", "[]")])
    answer = other.goto(address)
    assert answer is not None
    assert answer.status == 409
    expect(other.locator(".refusal")).to_contain_text("स्क्रीन को फिर से स्कैन करें")
    assert (layout_faults(other), violations(other)) == ([], [])
    phone.close()
    late.close()


def test_a_new_code_every_minute_and_the_bar_runs_down(
    live_server: LiveServer, tablet: Page, screen: RegisteredScreen
) -> None:
    set_up(tablet, live_server, screen.code)
    seen = {step_shown(tablet)}
    for _ in range(3):
        tablet.clock.fast_forward(60_000)
        tablet.wait_for_timeout(1200)
        seen.add(step_shown(tablet))
    assert len(seen) == 4
    # A minute of the real clock may end meanwhile.
    assert max(seen) - min(seen) in (3, 4)
    left = float(tablet.locator("#left").evaluate("bar => bar.value"))
    assert 0 < left <= 60


def test_it_goes_on_without_network_warns_and_ends_with_its_pad(
    live_server: LiveServer, browser_context: BrowserContext, tablet: Page, screen: RegisteredScreen
) -> None:
    set_up(tablet, live_server, screen.code)
    began = step_shown(tablet)
    browser_context.set_offline(True)
    tablet.clock.fast_forward(10 * HOUR_MS)
    tablet.wait_for_timeout(1500)
    assert abs(step_shown(tablet) - began - 600) <= 1
    expect(tablet.locator(".warns")).to_be_hidden()
    tablet.clock.fast_forward(int(60.5 * HOUR_MS))
    expect(tablet.locator(".warns")).to_be_visible()
    assert tablet.locator("[data-slot=hours]").text_content() in ("1", "2")
    assert abs(step_shown(tablet) - began - 70 * 60 - 30) <= 1
    assert layout_faults(tablet) == []
    tablet.clock.fast_forward(2 * HOUR_MS)
    expect(tablet.locator("body[data-state=empty]")).to_be_visible()
    expect(tablet.locator(".gone")).to_contain_text("पोस्टर वाला कोड")
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(tablet.screenshot()))) == []
    assert layout_faults(tablet) == []
    assert violations(tablet) == []
    # The server has not moved: it knows better what time it is, and its codes are shown.
    browser_context.set_offline(False)
    expect(tablet.locator(WORKS)).to_be_visible(timeout=30_000)
    assert abs(step_shown(tablet) - began) <= 3


def test_restarted_without_network_it_shows_codes_again(
    live_server: LiveServer, browser_context: BrowserContext, screen: RegisteredScreen
) -> None:
    page = browser_context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    set_up(page, live_server, screen.code)
    browser_context.set_offline(True)
    page.close()
    again = browser_context.new_page()
    again.set_viewport_size({"width": 1280, "height": 800})
    again.goto(f"{live_server.url}/c")
    expect(again.locator("body[data-state=works]")).to_be_visible()
    assert abs(step_shown(again) - step_of(datetime.now(UTC))) <= 1
    again.goto(f"{live_server.url}/c?lang=en")
    expect(again.locator("body[data-state=works]")).to_be_visible()
    expect(again.locator("html")).to_have_attribute("lang", "en")


def test_a_screen_that_lost_power_shows_codes_again_without_network(
    live_server: LiveServer, profile: Profile, screen: Any
) -> None:
    set_up(profile.launch(), live_server, screen.code)
    profile.kill()
    page = profile.launch()
    assert profile.context is not None
    profile.context.set_offline(True)
    page.goto(f"{live_server.url}/c")
    expect(page.locator("body[data-state=works]")).to_be_visible()
    assert abs(step_shown(page) - step_of(datetime.now(UTC))) <= 1


def test_a_screen_with_a_wrong_clock_shows_what_the_server_accepts(
    live_server: LiveServer, browser_context: BrowserContext, screen: RegisteredScreen
) -> None:
    page = browser_context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.clock.install(time=datetime(2019, 1, 1, tzinfo=UTC))
    set_up(page, live_server, screen.code)
    assert abs(step_shown(page) - step_of(datetime.now(UTC))) <= 1
    browser_context.set_offline(True)
    # Somebody sets the clock back by a day while it runs.
    page.clock.set_system_time(datetime(2018, 12, 31, tzinfo=UTC))
    page.wait_for_timeout(2500)
    assert abs(step_shown(page) - step_of(datetime.now(UTC))) <= 1


def test_ended_by_the_office_it_shows_nothing_and_can_be_set_up_anew(
    live_server: LiveServer, tablet: Page, screen: RegisteredScreen
) -> None:
    set_up(tablet, live_server, screen.code)
    with transaction() as session:
        end_screen(session, screen.placement_id, actor_id=None, now=datetime.now(UTC))
        other = register_screen(session, now=datetime.now(UTC), spot="काउंटर 2")
    tablet.clock.fast_forward(int(1.4 * HOUR_MS))
    expect(tablet.locator("body[data-state=over]")).to_be_visible(timeout=20_000)
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(tablet.screenshot()))) == []
    assert violations(tablet) == []
    tablet.reload()
    expect(tablet.locator("body[data-state=over]")).to_be_visible(timeout=20_000)
    tablet.locator("[data-do=set-up]").click()
    tablet.locator("#code").fill(other.code)
    tablet.locator("#enrol button").click()
    expect(tablet.locator("body[data-state=works]")).to_be_visible(timeout=20_000)
    expect(tablet.locator("[data-slot=spot]")).to_have_text("काउंटर 2")
    assert product().codes.token(scan(tablet).rpartition("/")[2]).placement_id == other.placement_id


def test_another_browser_takes_its_place(
    live_server: LiveServer, browser: Browser, tablet: Page, screen: RegisteredScreen
) -> None:
    set_up(tablet, live_server, screen.code)
    with transaction() as session:
        given = give_screen_code(session, screen.placement_id, actor_id=None, now=datetime.now(UTC))
    second = open_context(browser, viewport={"width": 1280, "height": 800})
    page = second.new_page()
    set_up(page, live_server, given.code)
    tablet.clock.fast_forward(int(1.4 * HOUR_MS))
    expect(tablet.locator("body[data-state=over]")).to_be_visible(timeout=20_000)
    second.close()


def test_a_wrong_code_is_told_beside_the_field(live_server: LiveServer, tablet: Page, screen: RegisteredScreen) -> None:
    tablet.goto(f"{live_server.url}/c?lang=en")
    tablet.locator("#code").fill("AAAAA BBBBB")
    tablet.locator("#enrol button").click()
    expect(tablet.locator("#code-error")).to_contain_text("This code does not work")
    expect(tablet.locator("#code")).to_be_focused()
    assert (layout_faults(tablet), violations(tablet)) == ([], [])


@pytest.mark.parametrize("language", ["hi", "en"])
def test_everybody_can_set_it_up_and_read_it(
    live_server: LiveServer, browser_context: BrowserContext, screen: RegisteredScreen, language: str
) -> None:
    page = browser_context.new_page()
    page.goto(f"{live_server.url}/c?lang={language}")
    expect(page.locator("#code")).to_be_visible()
    assert (layout_faults(page), violations(page)) == ([], [])
    page.locator("#code").fill(screen.code)
    page.locator("#enrol button").click()
    expect(page.locator("body[data-state=works]")).to_be_visible(timeout=20_000)
    assert (layout_faults(page), violations(page)) == ([], [])


def test_without_scripts_it_says_what_it_needs(live_server: LiveServer, browser: Browser) -> None:
    context = open_context(browser, script=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/c")
    assert "JavaScript चालू करें" in page.locator("noscript p").evaluate("one => one.innerText")
    expect(page.locator("#enrol")).to_be_hidden()
    context.close()
