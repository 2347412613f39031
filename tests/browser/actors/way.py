"""The whole way through the visit of the tests, a step at a time, for whoever disturbs it after each."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.actors.walking import choose, press, write

SECRET = "नीलकंठी सीढ़ियों पर दो पहर"

#: what is answered, and what one is led to once that has been answered and the page was loaded again
WAY: list[tuple[Callable[[Page], None], str]] = [
    (lambda page: choose(page, "purpose", "passport"), "#q-respect"),
    (lambda page: choose(page, "respect", "2"), "#q-heard"),
    (lambda page: choose(page, "heard", "_declined"), "#q-money"),
    (lambda page: choose(page, "money", "yes"), "#q-watched"),
    (lambda page: choose(page, "watched", "no"), ".review"),
    (lambda page: press(page, "more"), "#q-wait"),
    (lambda page: write(page, "wait", "१५"), "#q-hall"),
    (lambda page: choose(page, "hall.seat", "4"), "#q-change"),
    (lambda page: choose(page, "change", "speed"), "#q-visited_on"),
    (lambda page: write(page, "visited_on", "1-2-2026"), "#q-money_how"),
    (lambda page: write(page, "money_how", "हाथ में"), "#q-words"),
    (lambda page: write(page, "words", SECRET), "#q-adult"),
]
#: what is stored at its end
GIVEN = {
    "purpose": "passport",
    "respect": 2,
    "heard": None,
    "money": "yes",
    "watched": "no",
    "wait": 15,
    "hall": {"seat": 4},
    "change": ["speed"],
    "visited_on": "2026-02-01",
    "money_how": "हाथ में",
    "words": SECRET,
}
