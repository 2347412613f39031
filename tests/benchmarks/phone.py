"""A cheap phone on a poor network, as the browser's own throttling makes one: 400 kbit/s, 400 ms, a sixth of the speed.

Times are medians of visits by new phones, from the tap on the address to the first question being there to answer.
The throttling does not reach the threads on which browsers encrypt, so the time for sealing is a lower bound.
"""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from app.domain.installation.public_results import Depth
from app.domain.weeks import day_of
from app.jobs.editions import make_editions
from app.models import Place, Placement, SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.transaction import transaction
from app.web.static import static_url
from tests.benchmarks.harness.browsers import chromium
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import Room, room, server
from tests.benchmarks.page import survey
from tests.benchmarks.results import answer_of
from tests.browser.actors.walking import SETTLED, choose, reach, wait_for
from tests.browser.conftest import open_context
from tests.factories import add_responses

VISITS = 7
SLOWER = 6
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
UNLIMITED = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
# Painted, and its choices react, or the way in to them: from then on a person can answer, scripts or none.
USABLE = """() => new Promise((resolve) => {
  const seen = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const first = [...document.querySelectorAll("a[data-go=begin], #answers label.option")];
    if (paint && first.some((part) => part.getClientRects().length)) resolve(performance.now());
    else setTimeout(seen, 10);
  };
  seen();
})"""
# What no page can be faster than on the machine that measures, whatever it is.
PAINTED = """() => new Promise((resolve) => {
  const seen = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) resolve(performance.now());
    else setTimeout(seen, 10);
  };
  seen();
})"""
WALKING = "() => document.querySelector('form.one') && performance.now()"
# From the tap on Send until the server is known to have it.
RECEIVED = """() => new Promise((resolve) => {
  const began = performance.now();
  const seen = () => {
    if (document.querySelector(".state [data-slot=number]")) resolve(performance.now() - began);
    else setTimeout(seen, 10);
  };
  document.querySelector(".review [value=send]").click();
  seen();
})"""
# A kept page has been drawn.
READABLE = """() => new Promise((resolve) => {
  const seen = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint && document.querySelector("[data-reading=unchecked]:not([hidden])")) resolve(performance.now());
    else setTimeout(seen, 10);
  };
  seen();
})"""
SEAL = """async ([address, key]) => {
  const { seal, sha256, utf8 } = await import(address);
  const info = await sha256(utf8("info"));
  const plain = new Uint8Array(1024).fill(32);
  const times = [];
  for (let round = 0; round < 30; round++) {
    const began = performance.now();
    await seal(key, info, plain);
    times.push(performance.now() - began);
  }
  return times.sort((one, other) => one - other)[15];
}"""


def figures() -> Iterator[Figure]:
    with room(survey()) as place, server(place.settings) as web, chromium() as browser:
        address = f"http://127.0.0.1:{web.port}/S/{place.token}"
        _open_results(place)
        kept = [_kept_page(browser, f"http://127.0.0.1:{web.port}/r/station") for _ in range(VISITS)]
        first, steps, again, seals, sent, least = [], [], [], [], [], []
        for _ in range(VISITS):
            with _phone(browser) as (context, page, remote):
                first.append(_visit(page, address))
                steps.append(page.wait_for_function(WALKING).json_value() / 1000)
                wait_for(page, lambda: page.evaluate(SETTLED))
                remote.send("Network.emulateNetworkConditions", {**NETWORK, "offline": True})
                context.set_offline(True)
                again.append(_visit(page, address))
                key = page.locator("#answers").get_attribute("data-sealing-key")
                seals.append(page.evaluate(SEAL, [static_url("js/offline/seal.js"), key]))
                context.set_offline(False)
                remote.send("Network.emulateNetworkConditions", NETWORK)
                page.goto(address)
                wait_for(page, lambda: page.evaluate(SETTLED))
                choose(page, "respect", "4")
                reach(page, ".review [value=send]")
                sent.append(page.evaluate(RECEIVED) / 1000)
                remote.send("Network.emulateNetworkConditions", UNLIMITED)
                page.goto(f"http://127.0.0.1:{web.port}{static_url('icons/samvad.svg')}", wait_until="commit")
                least.append(page.evaluate(PAINTED) / 1000)
    yield Figure("phone, first question can be answered", statistics.median(first), "s", 1.2)
    yield Figure("phone, one question at a time", statistics.median(steps), "s")
    yield Figure("phone, second visit without network", statistics.median(again), "s", 0.3)
    yield Figure("phone, a kept page of results without network", statistics.median(kept), "s", 0.35)
    yield Figure("phone, from Send until it has arrived", statistics.median(sent), "s", 1.2)
    yield Figure("phone, an icon alone without delay, to compare", statistics.median(least), "s")
    yield Figure("phone, sealing an answer", statistics.median(seals), "ms", 30)


def _open_results(place: Room) -> None:
    """One edition with all fifteen questions, read by everybody."""
    now = datetime.now(UTC)
    monday = now.date() - timedelta(days=now.weekday() + 28)
    with transaction() as session:
        station = session.get_one(Place, session.get_one(Placement, place.placement_id).place_id)
        station.page = "station"
        given = [answer_of(Random(at)) for at in range(60)]  # noqa: S311
        add_responses(session, station, session.get_one(SurveyVersion, place.survey_version), monday, given)
        session.flush()
        publish_releases(session, now)
        decide_public_results(session, Depth.STATION, day_of(now), None, now)
    make_editions(now)


def _kept_page(browser: Browser, address: str) -> float:
    """How long one takes that was kept before the network went."""
    with _phone(browser) as (context, page, remote):
        page.goto(address)
        page.locator("button[data-reading=ask]").click()
        page.locator("[data-reading=kept]").wait_for()
        remote.send("Network.emulateNetworkConditions", {**NETWORK, "offline": True})
        context.set_offline(True)
        page.goto(address, wait_until="commit")
        return float(page.evaluate(READABLE)) / 1000


def _visit(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    return float(page.evaluate(USABLE)) / 1000


@contextmanager
def _phone(browser: Browser) -> Iterator[tuple[BrowserContext, Page, CDPSession]]:
    with open_context(browser) as context:
        page = context.new_page()
        remote = context.new_cdp_session(page)
        remote.send("Network.enable")
        remote.send("Network.emulateNetworkConditions", NETWORK)
        remote.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield context, page, remote
