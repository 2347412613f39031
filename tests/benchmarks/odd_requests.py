"""All of what the tests send a sample of: each odd value in each address, argument, field and header by itself."""

from collections.abc import Iterator

from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import room
from tests.browser.actors.fault_run import SURVEY
from tests.web.office.test_access import add_world
from tests.web.test_odd_requests import failures, odd_requests


def figures() -> Iterator[Figure]:
    with room(SURVEY) as place:
        place.app.config["WTF_CSRF_ENABLED"] = False
        world = add_world()
        yield Figure("odd requests sent", sum(1 for _ in odd_requests(place.app, world, whole=True)), "")
        found = failures(place.app, world, whole=True)
        for where, status, who in found[:20]:
            yield Figure(f"odd request failed: {where[:200]} {status} {who}", 1, "", 0)
        yield Figure("odd requests that broke the server", len(found), "", 0)
