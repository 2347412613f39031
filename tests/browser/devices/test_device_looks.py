"""What an enrolled device shows, narrow and wide, in large letters, zoomed, in both languages."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.domain.devices.device import DeviceKind
from app.models import Survey
from app.services.surveys.quotas import set_quotas
from app.transaction import transaction
from tests.browser.actors.looks import Look
from tests.browser.actors.tablets import READY, Registered, register, set_up
from tests.browser.actors.walking import choose, press, reach, write
from tests.browser.conftest import LiveServer
from tests.factories import definition, question
from tests.fixtures.outbox import NOW

Walk = Callable[[Page, Registered, Look], Iterator[str]]

PEOPLE = definition(
    [question("sex", "select_one", "woman", "man"), question("respect", "scale"), question("comment", "text")]
)
# The question that lies over everything can be read to its end, if need be by scrolling.
VEILED = """() => [...document.querySelectorAll(".veil")].filter((veil) => {
  const { top, bottom } = veil.firstElementChild.getBoundingClientRect();
  return top + veil.scrollTop < 0 || bottom + veil.scrollTop > veil.scrollHeight + 1;
}).length"""


def device(live: LiveServer, kind: DeviceKind) -> Registered:
    made = register(live, PEOPLE, kind)
    if kind is DeviceKind.INTERVIEW:
        with transaction() as session:
            set_quotas(
                session, session.scalars(select(Survey.slug)).one(), ("sex",), {("woman",): 20}, actor_id=None, now=NOW
            )
    return made


def tap(page: Page, what: str, state: str) -> None:
    page.locator(f"button[data-session={what}]:visible").first.click()
    expect(page.locator(f"#gate[data-state='{state}']")).to_be_attached()


def set_up_in(page: Page, device: Registered, look: Look) -> Iterator[str]:
    page.goto(f"{device.live.url}/k?lang={look.language}")
    page.locator("#code").fill("AAAAA AAAAA")
    page.locator("#enrol button").click()
    expect(page.locator("#code-error")).to_be_visible()
    yield "wrong code"
    page.goto(f"{set_up(page, device)}?lang={look.language}")
    expect(page.locator(READY)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", look.language)
    yield "ready"


def kiosk(page: Page, device: Registered, look: Look) -> Iterator[str]:
    yield from set_up_in(page, device, look)
    page.clock.install()
    tap(page, "start", "")
    yield from answered(page)
    page.clock.run_for(61_000)
    expect(page.locator(".veil")).to_be_visible()
    yield "are you still there?"
    page.locator(".veil [data-session=stay]").click()
    press(page, "send")
    expect(page.locator("#gate[data-state=thanks]")).to_be_visible()
    yield "thanks"
    page.goto(f"{device.live.url}/k?lang={look.language}")
    expect(page.locator("#known")).to_be_visible()
    yield "set up already"


def interview(page: Page, device: Registered, look: Look) -> Iterator[str]:
    yield from set_up_in(page, device, look)
    page.locator("[data-session=send]").click()
    expect(page.locator(".progress-list li").first).to_be_visible()
    yield "whom to ask"
    tap(page, "start", "consent")
    yield "consent"
    tap(page, "agree", "hand")
    yield "who holds the phone?"
    tap(page, "ask", "")
    yield from answered(page)
    tap(page, "pause", "ready")
    yield "paused"
    tap(page, "resume", "")
    tap(page, "pass", "")
    press(page, "send")
    expect(page.locator("#gate[data-state=returned]")).to_be_visible()
    yield "handed back"


def answered(page: Page) -> Iterator[str]:
    expect(page.locator("#q-sex")).to_be_visible()
    yield "first question"
    choose(page, "sex", "woman")
    reach(page, "#q-respect .option")
    yield "faces"
    choose(page, "respect", "4")
    write(page, "comment", "अच्छा")
    yield "comment"


# 400 % of 1280 px is a window of 320 x 256. Other tests of these pages look at them in letters of 100 %.
LOOKS = [
    (kiosk, Look(360, 200, "hi", "light", True)),
    (kiosk, Look(1280, 200, "en", "forced", True)),
    (kiosk, Look(1280, 400, "en", "light", True)),
    (interview, Look(360, 200, "en", "light", True)),
    (interview, Look(1280, 200, "hi", "forced", True)),
    (interview, Look(1280, 400, "hi", "light", True)),
]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("walk", "look"), LOOKS, ids=[f"{walk.__name__}, {look}" for walk, look in LOOKS])
def test_nothing_is_cut_broken_or_covered(live_server: LiveServer, browser: Browser, walk: Walk, look: Look) -> None:
    made = device(live_server, DeviceKind[walk.__name__.upper()])
    with look.page(browser) as page:
        faults = {}
        for state in walk(page, made, look):
            found = look.faults(page)
            if page.locator(".veil").count():
                # It covers all, as it must, and scrolls.
                found = [fault for fault in found if not fault.startswith(("covered", 'clipped: <div class="veil'))]
                assert page.evaluate(VEILED) == 0
            if found:
                faults[state] = found
    assert faults == {}
