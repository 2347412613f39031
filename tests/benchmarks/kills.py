"""Browser and server die without a word after each step of the way. The suite lets them die after some.

A fault ends the run with what was expected.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.benchmarks.harness.browsers import chromium
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import room, server
from tests.browser.actors.profiles import Profile
from tests.browser.actors.walking import WAY
from tests.browser.citizen.test_citizen_page import VISIT, stored_answers
from tests.browser.conftest import CHROMIUM, PHONE
from tests.browser.outages.test_killed import answer_while_the_server_is_down, kill_after


def figures() -> Iterator[Figure]:
    with chromium() as browser:
        answer_while_the_server_is_down(browser, every=1)
    yield Figure("kills, answers lost of a server's that is down at each step", 0, "", 0)
    with (
        room(VISIT) as place,
        server(place.settings) as web,
        TemporaryDirectory() as folder,
        sync_playwright() as driver,
    ):
        arguments = {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}
        profile = Profile(driver.chromium, arguments, Path(folder), PHONE)
        kill_after(profile, f"http://127.0.0.1:{web.port}/s/{place.token.lower()}", range(len(WAY) + 1))
        profile.close()
        yield Figure(
            "kills, answers stored half of a browser's that dies after each step", len(stored_answers()), "", 0
        )
