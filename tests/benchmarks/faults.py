"""The long runs of what the tests show with a small sample: hundreds of answers through a network that fails at
random, thousands of steps in any order, and disks as a power cut leaves them. A figure above 0 is an answer that was
lost, doubled or made up.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from werkzeug.serving import make_server

from tests.benchmarks.harness.browsers import chromium
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import Room, room
from tests.browser.actors.delivery_model import delivery_model
from tests.browser.actors.fault_run import SURVEY, run_faults
from tests.browser.actors.faults import Faults
from tests.browser.conftest import Quiet
from tests.fixtures.power_cut import cut_the_power
from tests.fixtures.tables import create_tables

SUBMISSIONS = 500
#: 10,000 steps
ORDERS, STEPS = 200, 50
#: of the power, each of which makes four disks
CUTS = 500


def figures() -> Iterator[Figure]:
    with room(SURVEY) as place, _failing(place) as (faults, address), chromium() as browser:
        outcome = run_faults(browser, faults, address, SUBMISSIONS)
    yield Figure("faults, answers sent from four phones", SUBMISSIONS, "")
    for name in outcome.__slots__:
        yield Figure(f"faults, {name.replace('_', ' ')}", getattr(outcome, name), "", 0)
    with room(SURVEY) as place, _failing(place) as (faults, address), chromium() as browser:
        model = delivery_model(browser, faults, address)
        chosen = settings(
            max_examples=ORDERS,
            stateful_step_count=STEPS,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        # Whatever is wrong ends it with the steps that led there.
        run_state_machine_as_test(model, settings=chosen)
        yield Figure("faults, posts that met a fault", sum(fault is not None for fault in faults.met), "")
    yield Figure("faults, steps without an answer lost", ORDERS * STEPS, "")
    with TemporaryDirectory() as folder:
        create_tables(f"sqlite:///{folder}/empty.db")
        cuts = cut_the_power(Path(folder) / "empty.db", Path(folder), CUTS)
    # Whatever is lost ends it with what was.
    yield Figure("faults, disks after a power cut with every answer that had a receipt", cuts.disks, "")


@contextmanager
def _failing(place: Room) -> Iterator[tuple[Faults, str]]:
    """The room's application behind a network that fails when it is told to; and the address of its code."""
    faults = Faults(place.app.wsgi_app)
    server = make_server("127.0.0.1", 0, faults, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield faults, f"http://127.0.0.1:{server.port}/s/{place.token.lower()}"
    server.shutdown()
    server.server_close()
