"""Districts as tiles in a browser: a map at a desk, a list on a phone, readable on both."""

import pytest
from playwright.sync_api import Browser

from app.domain.accounts.role import Role
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, office_page, violations
from tests.web.office.figures.test_tiles import districts

__all__ = ["districts"]


@pytest.mark.parametrize(("viewport", "is_map"), [(PHONE, False), (DESK, True)])
def test_tiles_are_a_map_only_where_there_is_room(
    browser: Browser, live_server: LiveServer, districts: dict[str, int], viewport: dict[str, int], is_map: bool
) -> None:
    with office_page(browser, live_server, Role.STATE_ADMIN, districts["state"], viewport) as page:
        page.goto(f"{live_server.url}/office/reports/{districts['state']}/like-places")
        assert violations(page) + layout_faults(page) == []
        lefts = page.locator(".tiles li").evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
        assert len(lefts) == 55
        assert (len(set(lefts)) > 1) is is_map
        # A place to be pressed is as large as its tile.
        page.locator(".tiles li").first.click(position={"x": 60, "y": 40})
        page.wait_for_url("**/office/reports/*")
