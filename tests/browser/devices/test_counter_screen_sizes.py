"""A counter screen on every screen that a department may own: phone, tablet, television, upright and on its side."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from app.transaction import transaction
from tests.browser.actors.looks import BROKEN
from tests.browser.conftest import LiveServer, layout_faults
from tests.browser.devices.test_counter_screen import set_up
from tests.factories import register_screen

SIDES = [
    (360, 640),
    (360, 740),
    (412, 915),
    (480, 800),
    (600, 1024),
    (720, 1280),
    (768, 1024),
    (800, 1280),
    (1080, 1920),
]
SIZES = [*SIDES, *((height, width) for width, height in SIDES), (1366, 768), (1000, 1000)]
NAMES = {
    "short": ("थाना कोतवाली", "Kotwali"),
    "80 letters": (
        "अनुसूचित जाति एवं जनजाति कल्याण पुलिस थाना, औद्योगिक परिसर, नर्मदापुरम भोपाल",
        "Scheduled Castes and Tribes Welfare Police Station, Industrial Area, Narmadapura",
    ),
}
# Whatever a screen leaves out, these stand whole within it.
KEPT = ("[data-slot=place-hi]", "[data-slot=place-en]", "#code-shown", ".danger-line", ".danger-line .number")
# The side of the code with its white edge, as a part of the shorter side of the screen.
SHARE = """() => {
  const { width, height } = document.getElementById("code-shown").getBoundingClientRect();
  return Math.min(width, height) / Math.min(innerWidth, innerHeight);
}"""
OVERLAPS = """() => {
  const parts = [...document.querySelectorAll(".where > *, .square, progress, figcaption, .how > *, .warns")]
    .filter((part) => part.checkVisibility())
    .map((part) => [part.className || part.tagName, part.getBoundingClientRect()]);
  return parts.flatMap(([one, a], at) => parts.slice(at + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    .map(([other]) => `${one} over ${other}`));
}"""
OUTSIDE = """(kept) => kept.filter((what) => {
  const { top, left, bottom, right, width } = document.querySelector(what).getBoundingClientRect();
  return !width || top < 0 || left < 0 || bottom > innerHeight + 1 || right > innerWidth + 1;
})"""
DARK = ["--blink-settings=forceDarkModeEnabled=true"]


@pytest.fixture(params=NAMES)
def code(app: Flask, request: pytest.FixtureRequest) -> str:
    hindi, english = NAMES[request.param]
    assert max(len(hindi), len(english)) <= 80
    with transaction() as session:
        names = {"name_hi": hindi, "name_en": english}
        return register_screen(session, now=datetime.now(UTC), spot="मुख्य द्वार, काउंटर 2", **names).code


def resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    # The page hears of it before its next picture.
    page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")


def faults(page: Page) -> list[str]:
    found = [*layout_faults(page), *(f"broken: {word}" for word in page.evaluate(BROKEN)), *page.evaluate(OVERLAPS)]
    over = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    if over > 0:
        found.append(f"must be scrolled by {over} px")
    found += [f"outside: {what}" for what in page.evaluate(OUTSIDE, KEPT)]
    if page.evaluate(SHARE) < 0.45:
        found.append("the code is small")
    return found


def read(page: Page) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    return found.text


def test_it_is_whole_on_every_screen(live_server: LiveServer, browser_context: BrowserContext, code: str) -> None:
    page = browser_context.new_page()
    set_up(page, live_server, code)
    found = {}
    for width, height in SIZES:
        resize(page, width, height)
        assert read(page).startswith("HTTP"), (width, height)
        if wrong := faults(page):
            found[width, height] = wrong
    assert found == {}
    # A long text takes nothing from a screen that has room for all of it.
    resize(page, 1080, 1920)
    assert page.locator("[data-spare]:visible").count() == page.locator("[data-spare]").count()


@pytest.mark.parametrize("code", ["80 letters"], indirect=True)
def test_warnings_and_its_end_fit_too(live_server: LiveServer, browser_context: BrowserContext, code: str) -> None:
    page = browser_context.new_page()
    page.set_viewport_size({"width": 768, "height": 1024})
    page.clock.install(time=datetime.now(UTC))
    set_up(page, live_server, code)
    browser_context.set_offline(True)
    for hours, state in ((71, "works"), (2, "empty")):
        page.clock.fast_forward(int(hours * 3_600_000))
        expect(page.locator(f"body[data-state={state}]")).to_be_visible()
        expect(page.locator(".warns")).to_be_visible(visible=state == "works")
        for size in (None, (1024, 600), (1280, 800), (768, 1024)):
            if size:
                resize(page, *size)
            over = page.evaluate("document.documentElement.scrollHeight - innerHeight")
            assert (layout_faults(page), page.evaluate(OVERLAPS), over) == ([], [], 0), (state, size)


@pytest.mark.parametrize("code", ["short"], indirect=True)
def test_the_code_is_black_on_white_in_everybodys_colours(
    live_server: LiveServer, browser_type: BrowserType, browser_type_launch_args: dict[str, Any], code: str
) -> None:
    dark = browser_type.launch(**{**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *DARK]})
    page = dark.new_page(viewport={"width": 1024, "height": 600})
    set_up(page, live_server, code)
    for forced in ("active", "none"):
        page.emulate_media(forced_colors=forced, color_scheme="dark")  # type: ignore[arg-type]
        shown = Image.open(io.BytesIO(page.locator("#code-shown").screenshot())).convert("L")
        black, white = (sum(map(shown.histogram().__getitem__, levels)) for levels in (range(40), range(216, 256)))
        # Its modules are a good quarter of the square, the rest with its edge is white.
        assert black > 0.2 * shown.width * shown.height, forced
        assert white > 0.5 * shown.width * shown.height, forced
        assert read(page).startswith("HTTP"), forced
        assert layout_faults(page) == []
    # Nor has the browser touched what stands round it.
    assert Image.open(io.BytesIO(page.screenshot())).convert("RGB").getpixel((5, 5)) == (253, 241, 228)
    dark.close()
