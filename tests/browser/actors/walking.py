"""A citizen's way through the questions, whether the page shows all of them or one at a time."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

MOST = 60
TYPED = "input[name='{0}']:not([type=checkbox]), textarea[name='{0}']"
#: the scripts have the form, and what it needs without network has come, or the page says that it cannot be kept
_SETTLED = """async () => {
  const form = document.querySelector("form.one");
  if (!form || form.querySelector(".unkept")) return form !== null;
  const page = location.pathname.toLowerCase();
  const parts = form.parentElement.dataset.parts.split(" ");
  const needed = [`${page}?lang=hi`, `${page}?lang=en`, form.dataset.rules, ...parts];
  const kept = await Promise.all(needed.map((address) => caches.match(address)));
  return navigator.serviceWorker.controller !== null && kept.every(Boolean);
}"""

#: goes on, question after question, and says whether it has come there; a page that shows all at once is there
_GO_ON = """(selector) => {
  const form = document.querySelector("form.one");
  const seen = (element) => element.getClientRects().length && getComputedStyle(element).visibility === "visible";
  const forward = () => [...form.querySelectorAll("[data-go=begin], [data-go=next]")].find(seen);
  const there = () => [...document.querySelectorAll(selector)].some(seen);
  for (let most = 60; form && !there() && forward() && most; most--) forward().click();
  return !form || Boolean(there());
}"""


def within_seconds(asked: str, otherwise: str, seconds: int = 5) -> str:
    """A function for a page's memory that ends: what waits for a database that somebody else holds waits for ever."""
    late = f"new Promise((resolve) => setTimeout(resolve, {seconds}000, {otherwise}))"
    return f"() => Promise.race([({asked})(), {late}])"


SETTLED = within_seconds(_SETTLED, "false")


def open_code(page: Page, address: str) -> None:
    """The page behind a code, with all that its scripts fetch for later."""
    page.goto(address)
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        return
    if page.locator("form[data-rules]").count():
        wait_for(page, lambda: page.evaluate(SETTLED))
    else:
        page.wait_for_load_state("networkidle")


def wait_for(page: Page, holds: Callable[[], bool], seconds: int = 30) -> None:
    """What the page does by itself. `wait_for_function` of Playwright takes every promise for true."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never came true"
        page.wait_for_timeout(50)


def in_steps(page: Page) -> bool:
    return page.locator("form.one").count() > 0


def reach(page: Page, selector: str) -> None:
    """Press "next" until this can be seen; the question where that is refused is the last that is reached.

    What lies on the way is passed without a pointer: it is the way of nearly every test, and pressing it as people do
    is the subject of some.
    """
    for _ in range(MOST):
        if page.evaluate(_GO_ON, selector):
            return
        # At the end of the questions, what tells the answers back may still be on its way.
        page.wait_for_timeout(100)
    raise AssertionError(f"{selector} is never reached")


def choose(page: Page, name: str, value: str) -> None:
    # People press the words or the face, not the little circle.
    label = f"label.option:has(input[name='{name}'][value='{value}'])"
    reach(page, label)
    page.locator(label).click()


def write(page: Page, name: str, text: str) -> None:
    reach(page, TYPED.format(name))
    page.locator(TYPED.format(name)).fill(text)


def press(page: Page, do: str) -> None:
    """Send, tell more, or go back."""
    if in_steps(page):
        button = "[data-go=back]" if do == "back" else f".review [value={do}]"
        reach(page, button)
    else:
        button = f"button[name=_do][value={do}]:not(.sr)"
    page.locator(button).click()
    page.wait_for_load_state()


def switch_language(page: Page) -> None:
    before = page.locator("html").get_attribute("lang")
    page.locator("button[name=_lang], .bar a[hreflang]").click()
    page.locator(f"html:not([lang={before}])").wait_for()
    page.wait_for_load_state()


def tab_to(page: Page, selector: str) -> None:
    """By the Tab key alone, as somebody without a mouse; what has the focus must be seen to have it."""
    for _ in range(MOST):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def type_on(page: Page) -> None:
    """Enter goes on from an answer, as in every form; where none was given the button is needed."""
    if page.evaluate("document.activeElement.tagName") != "INPUT":
        tab_to(page, "[data-go=next]")
    page.keyboard.press("Enter")


def type_to_the_end(page: Page) -> None:
    """From any question to what is told back before it is sent."""
    for _ in range(MOST):
        if page.locator(".review h2").is_visible():
            break
        type_on(page)
        page.wait_for_timeout(50)
    expect(page.locator(".review h2")).to_be_focused()


def send_by_keyboard(page: Page) -> None:
    type_to_the_end(page)
    tab_to(page, ".review [value=send]")
    page.keyboard.press("Enter")


#: what must be found nowhere
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
