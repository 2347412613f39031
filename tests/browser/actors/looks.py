"""Citizens' pages as people look at them: wide and narrow, in large letters, in the dark, in their own colours."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.browser.actors.walking import choose, open_code, press, reach, write
from tests.browser.conftest import layout_faults, open_context, violations
from tests.factories.surveys.surveys import definition, question

WIDTHS = (360, 768, 1280)
#: 200 % is letters of twice their size (WCAG 1.4.4), 400 % a window of a quarter of its width (1.4.10)
ZOOMS = (100, 200, 400)
LANGUAGES = ("hi", "en")
SCHEMES = ("light", "dark", "forced")
#: nobody's window is narrower, however far it is zoomed
NARROWEST = 180
HEIGHTS = {360: 640, 768: 1024, 1280: 1024}

#: one question of each type, in words as long as people write them
SURVEY = definition(
    [
        question("purpose", "select_one", "complaint", "passport", "verification"),
        question("respect", "scale", required=True),
    ],
    [
        question("thanks", "note"),
        question("wait", "integer"),
        {**question("hall", "grid"), "rows": [{"name": "seat", "label": {"hi": "बैठने की जगह", "en": "Seats"}}]},
        {**question("change", "select_multiple", "talk", "speed", "none"), "exclusive": ["none"]},
        question("visited_on", "date"),
        question("adult", "acknowledge"),
    ],
)
PATHS = ("/", "/n?number=12", "/v", "/privacy", "/accessibility", "/about/complaint", "/nothing", "/s/aaaa")

LARGE_LETTERS = """(percent) => {
  const style = new CSSStyleSheet();
  style.replaceSync(`html { font-size: ${percent}% }`);
  document.adoptedStyleSheets = [style];
}"""
# A word in two lines although nothing in it allows that. Addresses are no words.
BROKEN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const broken = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".sr, .skip, script, style")) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{M}\\p{N}]+/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top)));
      if (tops.size > 1) broken.push(word);
    }
  }
  return broken;
}"""
# What stays over the page while it is scrolled, as a part of the window's height.
COVERED = """() => [...document.querySelectorAll("body *")]
  .filter((part) => ["fixed", "sticky"].includes(getComputedStyle(part).position) && part.checkVisibility())
  .filter((part) => !part.closest(".skip"))
  .reduce((sum, part) => sum + part.getBoundingClientRect().height, 0) / innerHeight"""


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which a reader may have set screen and browser."""

    width: int
    zoom: int
    language: str
    scheme: str
    script: bool

    def __str__(self) -> str:
        script = "script" if self.script else "no script"
        return f"{self.width} px, {self.zoom} %, {self.language}, {self.scheme}, {script}"

    @contextmanager
    def page(self, browser: Browser) -> Iterator[Page]:
        part = 4 if self.zoom == 400 else 1
        viewport = {"width": max(NARROWEST, self.width // part), "height": HEIGHTS[self.width] // part}
        context = open_context(browser, script=self.script, viewport=viewport)  # type: ignore[arg-type]
        page = context.new_page()
        if self.scheme == "forced":
            page.emulate_media(forced_colors="active")
        else:
            page.emulate_media(color_scheme=self.scheme)  # type: ignore[arg-type]
        yield page
        context.close()

    def faults(self, page: Page) -> list[str]:
        """What a reader who looks so cannot read, reach or see; axe finds the same in each size, so it looks in one."""
        if self.zoom == 200:
            page.evaluate(LARGE_LETTERS, 200)
        found = [*layout_faults(page), *(f"broken: {word}" for word in page.evaluate(BROKEN))]
        covered = page.evaluate(COVERED)
        if covered > 0.2:
            found.append(f"covered: {covered:.0%} of the height")
        return found + (violations(page) if self.zoom == 100 and self.script else [])


def states(page: Page, site: str, code: str, look: Look, paths: Sequence[str] = PATHS) -> Iterator[str]:
    """Every state that a citizen comes to, by its name, one after the other; the page stands in it meanwhile."""
    suffix = f"lang={look.language}"
    for path in paths:
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}{suffix}")
        yield path
    address = f"{code}?{suffix}"
    yield from (_with_script if look.script else _without_script)(page, site, address)


def _without_script(page: Page, site: str, address: str) -> Iterator[str]:
    page.goto(address)
    yield "code"
    page.locator("summary").click()
    yield "about the page"
    choose(page, "respect", "3")
    press(page, "more")
    yield "more questions"
    write(page, "wait", "x")
    press(page, "send")
    yield "errors"
    write(page, "wait", "1")
    press(page, "send")
    yield "arrived"


def _with_script(page: Page, site: str, address: str) -> Iterator[str]:
    open_code(page, address)
    yield "code"
    page.locator("summary").click()
    yield "about the page"
    reach(page, "#q-purpose .option")
    yield "choices"
    reach(page, "#q-respect .option")
    page.locator("[data-go=next]").click()
    yield "question left out"
    choose(page, "respect", "3")
    yield "faces"
    press(page, "more")
    reach(page, "#q-wait")
    write(page, "wait", "x")
    page.locator("[data-go=next]").click()
    yield "wrong number"
    write(page, "wait", "1")
    for name in ("hall", "change", "visited_on", "adult"):
        reach(page, f"#q-{name}")
        yield name
    page.locator("[data-go=postpone]").click()
    page.locator(".offer").wait_for()
    yield "finish later?"
    page.locator(".offer [data-go=save]").click()
    page.locator(".state h1").wait_for()
    yield "kept to finish"
    open_code(page, address)
    page.locator("[data-go=resume]").wait_for()
    yield "begun before"
    page.locator("[data-go=resume]").click()
    reach(page, ".review")
    yield "told back"
    page.route("**/api/v1/responses", lambda route: route.abort())
    page.locator(".review [value=send]").click()
    page.locator(".receipt.kept").wait_for()
    yield "kept"
    page.goto(f"{site}/?{address.partition('?')[2]}")
    page.locator(".kept-list").wait_for()
    yield "waits"
    page.unroute_all()
    # It may have been sent by itself a moment ago, and then the button is gone.
    page.locator("[data-go=again]").dispatch_event("click")
    page.locator(".kept-list .actions").wait_for(state="hidden")
    yield "sent"
    open_code(page, address)
    choose(page, "respect", "2")
    press(page, "send")
    page.locator(".receipt .big").wait_for()
    yield "arrived"
