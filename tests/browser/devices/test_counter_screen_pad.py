"""The pad of a counter screen and its clock, in the browser's own modules."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from app.domain.codes.counter_code import code_at, head_of
from app.formats.crypto.sealing import to_text
from app.formats.crypto.tokens import TokenSigner
from app.web.static import static_url
from tests.browser.conftest import LiveServer, open_context

SIGNER = TokenSigner({7: b"k" * 32})
PLACEMENT = 4_000_000_001

CODES = """async ([address, head, first, tags, steps]) => {
    const { codeAt, endOf } = await import(address);
    const { fromBase64url } = await import(address.replace("counter-screen/pad", "offline/seal"));
    const pad = { head, first, tags: fromBase64url(tags), link: "" };
    return [endOf(pad), ...steps.map((step) => codeAt(pad, step))];
}"""
MERGED = """async ([address, old, told]) => {
    const { together } = await import(address);
    const tagsOf = (first, count) => new Uint8Array(count * 10).fill(first % 250);
    const made = ({ head, first, count }) => ({ head, first, ahead: 0, tags: tagsOf(first, count) });
    const { first, tags } = together(old && made(old), made(told));
    return [first, tags.length / 10, tags[0], tags[tags.length - 1]];
}"""
LEAPS = """async ([address, leap]) => {
    const { Clock } = await import(address);
    const real = Date.now;
    const clock = new Clock(1000);
    const before = clock.now();
    Date.now = () => real() + leap;
    const moved = clock.now() - before;
    Date.now = real;
    return [Math.round(moved / 1000) * 1000, clock.hasLeapt(), clock.hasLeapt()];
}"""


@pytest.fixture
def page(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = open_context(browser)
    page = context.new_page()
    page.goto(f"{live_server.url}/privacy")
    yield page
    context.close()


def test_the_codes_of_a_pad_are_the_servers_to_the_letter(page: Page) -> None:
    first = 29_900_000
    steps = [first - 1, *range(first, first + 50), first + 50]
    tags = b"".join(SIGNER._signer.tag(code_at(7, PLACEMENT, step).payload()) for step in steps[1:-1])
    told = [static_url("js/counter-screen/pad.js"), to_text(head_of(7, PLACEMENT)), first, to_text(tags), steps]
    end, before, *codes, after = page.evaluate(CODES, told)
    assert (end, before, after) == (first + 50, None, None)
    assert codes == [SIGNER.sign(code_at(7, PLACEMENT, step)) for step in steps[1:-1]]


def test_new_codes_follow_the_old_ones_or_take_their_place(page: Page) -> None:
    def merged(old: dict[str, object] | None, told: dict[str, object]) -> list[int]:
        found: list[int] = page.evaluate(MERGED, [static_url("js/counter-screen/pad.js"), old, told])
        return found

    far = 90_000_000
    assert merged(None, {"head": "a", "first": far, "count": 3}) == [far, 3, far % 250, far % 250]
    old = {"head": "a", "first": far, "count": 3}
    assert merged(old, {"head": "a", "first": far + 3, "count": 2})[:2] == [far, 5]
    assert merged(old, {"head": "a", "first": far + 3, "count": 0})[:2] == [far, 3]
    assert merged(old, {"head": "b", "first": far + 3, "count": 2})[:2] == [far + 3, 2]
    assert merged(old, {"head": "a", "first": far + 9, "count": 2})[:2] == [far + 9, 2]
    # Long past: what is gone by is not kept for ever.
    assert merged({"head": "a", "first": 1, "count": 3}, {"head": "a", "first": 4, "count": 2})[:2] == [4, 2]


@pytest.mark.parametrize(("leap", "moved"), [(0, 0), (3_000, 3_000), (-86_400_000, 0), (7_200_000, 7_200_000)])
def test_a_clock_that_is_set_back_does_not_take_the_screen_along(page: Page, leap: int, moved: int) -> None:
    """Forward it may have slept, and then the date is right; the server is asked either way."""
    leapt = abs(leap) > 5000
    assert page.evaluate(LEAPS, [static_url("js/counter-screen/clock.js"), leap]) == [moved, leapt, False]
