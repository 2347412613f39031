"""A citizen's short path in the browsers that are not Chromium, where the distribution has them."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.browser.actors.engines import ENGINES, WIDTH, Window, missing, wait_for
from tests.browser.actors.looks import BROKEN, LARGE_LETTERS
from tests.browser.actors.memory import KEPT_HALVES
from tests.browser.actors.walking import SETTLED
from tests.browser.citizen.test_citizen_page import stored_answers
from tests.browser.citizen.test_first_screen import visit
from tests.browser.conftest import LiveServer, layout_faults

NEXT, DOOR = "[data-go=next]", ".door [data-go=resume]"
ANSWERED = "() => [...document.querySelectorAll('input:checked')].map(({ name, value }) => `${name} ${value}`)"


@pytest.fixture(params=sorted(ENGINES))
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    if absent := missing(request.param):
        pytest.skip(f"no {request.param} on this machine; missing: {', '.join(absent)}")
    with ENGINES[request.param](tmp_path / "browser") as window:
        yield window


def choose(window: Window, name: str, value: str) -> None:
    window.press(f"label.option:has(input[name='{name}'][value='{value}'])")


def faults(window: Window) -> list[str]:
    """In letters of twice their size, and then as they are."""
    found = []
    for percent in (200, 100):
        window.evaluate(f"() => ({LARGE_LETTERS})({percent})")
        words = [f"broken: {word}" for word in window.evaluate(BROKEN)]
        found += [f"{percent} %: {fault}" for fault in (*layout_faults(window), *words)]
    return found


def test_a_citizen_is_heard_in_every_engine(app: Flask, live_server: LiveServer, window: Window, hang_up: Any) -> None:
    code = f"{hang_up(visit())}?lang=hi"
    window.open(code)
    wait_for(lambda: window.evaluate(SETTLED), "what is needed without network")
    assert window.evaluate("() => innerWidth") == WIDTH
    found = {"first screen": faults(window)}
    window.press("a[data-go=begin]")
    choose(window, "purpose", "complaint")
    window.press(NEXT)
    wait_for(lambda: len(window.evaluate(KEPT_HALVES)) == 1, "the half")
    found["faces"] = faults(window)
    window.reload()
    wait_for(lambda: window.sees(DOOR), "the door")
    assert not window.sees("form#answers")
    found["door"] = faults(window)
    window.press(DOOR)
    choose(window, "respect", "2")
    # A press upon a page that is just coming back may reach nothing, as under a thumb.
    for _ in range(3):
        if not window.sees("#q-heard"):
            window.press(NEXT)
            with suppress(AssertionError):
                wait_for(lambda: window.sees("#q-heard"), "the third question", 10)
    assert window.sees("#q-heard")
    while not window.sees(".review h2"):
        window.press(NEXT)
    found["told back"] = faults(window)
    assert window.evaluate(ANSWERED) == ["purpose complaint", "respect 2"]
    window.press(".review [value=send]")
    wait_for(lambda: window.sees(".receipt .big"), "the confirmation")
    found["arrived"] = faults(window)
    assert stored_answers() == [("hi", {"purpose": "complaint", "respect": 2})]
    wait_for(lambda: window.evaluate(KEPT_HALVES) == [], "forgetting")
    for path in ("/accessibility", "/about/complaint"):
        window.open(f"{live_server.url}{path}?lang=en")
        # A page that is just coming may go once more before it answers.
        (found[path],) = wait_for(lambda: [faults(window)], path)
        window.back()
    wait_for(lambda: window.sees("a[data-go=begin]"), "an empty page")
    assert window.evaluate(ANSWERED) == []
    live_server.stop()
    window.open(code)
    wait_for(lambda: window.sees("a[data-go=begin]"), "the page without network")
    assert {state: each for state, each in found.items() if each} == {}
