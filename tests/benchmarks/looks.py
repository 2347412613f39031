"""Every state of a citizen's page in every way in which people look at it: width, letters, language, colours, script.

A fault is a word in two lines, something cut, covered, too small to touch or scrolling sideways, or what axe finds.
The suite looks at a pairwise part of it.
"""

import sys
from collections.abc import Iterator
from itertools import product

from tests.benchmarks.harness.browsers import chromium
from tests.benchmarks.harness.measure import Figure
from tests.benchmarks.harness.rooms import room, server
from tests.browser.actors.looks import LANGUAGES, SCHEMES, SURVEY, WIDTHS, ZOOMS, Look, states


def figures() -> Iterator[Figure]:
    seen = 0
    with room(SURVEY) as place, server(place.settings) as web, chromium() as browser:
        site = f"http://127.0.0.1:{web.port}"
        for width, zoom in product(WIDTHS, ZOOMS):
            faults = 0
            for language, scheme, script in product(LANGUAGES, SCHEMES, (True, False)):
                look = Look(width, zoom, language, scheme, script)
                with look.page(browser) as page:
                    for state in states(page, site, f"{site}/s/{place.token.lower()}", look):
                        seen += 1
                        for fault in look.faults(page):
                            faults += 1
                            sys.stderr.write(f"{look}: {state}: {fault}\n")
            yield Figure(f"looks, faults at {width} px and {zoom} %", faults, "", 0)
    yield Figure("looks, states seen", seen, "")
