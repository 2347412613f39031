"""The server dies without a word, and the page is loaded again after each step of the way; after some in the suite.

A fault ends the run with what was expected.
"""

from collections.abc import Iterator

from tests.benchmarks.harness.browsers import chromium
from tests.benchmarks.harness.measure import Figure
from tests.browser.outages.test_killed import answer_while_the_server_is_down


def figures() -> Iterator[Figure]:
    with chromium() as browser:
        arrived = answer_while_the_server_is_down(browser, every=1)
    yield Figure("kills, answers lost while the server is down at each step", 1 - arrived, "", 0)
