"""The long run of what a test shows with forty: random questionnaires, answered by somebody who changes her mind.

A figure above 0 is something that was told, sent or stored otherwise than it was given.
"""

import sys
import threading
from collections.abc import Iterator

from werkzeug.serving import make_server

from tests.benchmarks.harness.browsers import chromium
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import room
from tests.browser.actors.form_walk import walk_forms
from tests.browser.conftest import Quiet
from tests.factories.surveys.surveys import VISIT

FORMS = 500
SEED = 20261123


def figures() -> Iterator[Figure]:
    with room(VISIT) as place, chromium() as browser:
        server = make_server("127.0.0.1", 0, place.app, threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        differences = list(walk_forms(browser, f"http://127.0.0.1:{server.port}", FORMS, SEED))
        server.shutdown()
    sys.stderr.writelines(f"{difference}\n" for difference in differences)
    yield Figure("forms, walked on the page and by the server", FORMS, "")
    yield Figure("forms, told, sent or stored otherwise than given", len(differences), "", 0)
