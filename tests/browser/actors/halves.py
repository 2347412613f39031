"""What is half answered in a tab, as it lies in a browser's memory, and the door behind which it comes back."""

from functools import partial
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.actors.memory import KEPT_HALVES
from tests.browser.actors.walking import wait_for, within_seconds

DOOR = ".door"
GO_ON, ANEW = f"{DOOR} [data-go=resume]", f"{DOOR} [data-go=anew]"


def halves(page: Page) -> list[dict[str, Any]]:
    """What lies encrypted in the database, of all tabs."""
    found = page.evaluate(within_seconds(KEPT_HALVES, "null"))
    assert found is not None, "the memory of the browser does not answer"
    return list(found)


def has_key(page: Page) -> bool:
    return bool(page.evaluate("sessionStorage.getItem('key') !== null"))


def kept(page: Page, count: int = 1) -> None:
    """Until what was answered last has been written down: after a writing that may have begun before, one more."""
    for _ in range(2):
        before = [row["iv"] for row in halves(page)]
        page.evaluate("dispatchEvent(new Event('pagehide'))")
        wait_for(page, partial(_is_written_anew, page, before))
    wait_for(page, lambda: len(halves(page)) == count)


def _is_written_anew(page: Page, before: list[Any]) -> bool:
    return [row["iv"] for row in halves(page)] not in ([], before)


def gone(page: Page) -> bool:
    return not halves(page) and not has_key(page)


def turn_clock(page: Page, *, minutes: int) -> None:
    """The phone's clock, now and on every page after. Playwright's own clock takes away how a page was opened."""
    turn = f"{{ const now = Date.now; Date.now = () => now() + {minutes} * 60000; }}"
    page.add_init_script(turn)
    page.evaluate(turn)


def is_settled(page: Page, *, held: bool) -> bool:
    return page.locator(DOOR).count() == 1 if held else gone(page)


def all_by(page: Page, minute: int, count: int) -> bool:
    return [row["at"] <= minute for row in halves(page)] == [True] * count


def are_kept(page: Page, count: int) -> bool:
    return len(halves(page)) == count


def go_on(page: Page) -> None:
    page.locator(GO_ON).click()
    expect(page.locator(DOOR)).to_have_count(0)
