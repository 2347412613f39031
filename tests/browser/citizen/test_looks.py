"""Every state of a citizen's page, each in one of the ways in which people look at it.

Of width, letters, language, colours and script each pair comes together at least once. `script/bench looks` goes
through all ways.
"""

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.actors.looks import LANGUAGES, PATHS, SCHEMES, SURVEY, WIDTHS, ZOOMS, Look, states
from tests.browser.conftest import LiveServer

LOOKS = [
    Look(360, 100, "hi", "light", True),
    Look(360, 200, "en", "dark", False),
    Look(360, 400, "hi", "forced", True),
    Look(768, 100, "en", "forced", False),
    Look(768, 200, "hi", "light", True),
    Look(768, 400, "en", "dark", True),
    Look(1280, 100, "hi", "dark", True),
    Look(1280, 200, "en", "forced", True),
    Look(1280, 400, "hi", "light", False),
    Look(360, 100, "en", "light", True),
]


def test_each_pair_comes_together() -> None:
    wanted = {
        pair
        for one, other in combinations((WIDTHS, ZOOMS, LANGUAGES, SCHEMES, (True, False)), 2)
        for pair in ((first, second) for first in one for second in other)
    }
    seen = {
        pair
        for look in LOOKS
        for pair in combinations((look.width, look.zoom, look.language, look.scheme, look.script), 2)
    }
    assert wanted <= seen


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_cut_broken_or_covered(live_server: LiveServer, browser: Browser, hang_up: Any, look: Look) -> None:
    code = hang_up(SURVEY)
    # Each state is looked at in some of the ways, and all of them in every third.
    turn = LOOKS.index(look) % 3
    paths = PATHS[turn::3]
    with look.page(browser) as page:
        faults = {
            state: found
            for at, state in enumerate(states(page, live_server.url, code, look, paths), -len(paths))
            if (at < 0 or at % 3 == turn) and (found := look.faults(page))
        }
    assert faults == {}
