"""A questionnaire in the office, as an administrator sees it in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.accounts.role import Role
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, office_page, violations
from tests.factories.xlsform.forms import STARTERS


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def admin(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A state administrator, at a desk and on a phone."""
    with office_page(browser, live_server, Role.STATE_ADMIN, None, request.param) as page:
        yield page


def assert_fit_to_read(page: Page) -> None:
    assert violations(page) == []
    assert layout_faults(page) == []


def test_from_the_file_to_the_published_questionnaire(admin: Page, live_server: LiveServer) -> None:
    admin.goto(f"{live_server.url}/office/surveys")
    assert_fit_to_read(admin)
    admin.get_by_label("Form").set_input_files(STARTERS / "station-visit.md")
    admin.get_by_role("button", name="Check and keep as a draft").click()
    expect(admin.get_by_text("थाने में आपके साथ व्यवहार कैसा रहा?").first).to_be_visible()
    expect(admin.get_by_text("How were you treated at the station?").first).to_be_visible()
    assert_fit_to_read(admin)
    admin.get_by_role("button", name="Publish for citizens").click()
    admin.wait_for_url(f"{live_server.url}/office/surveys/station-visit")
    assert_fit_to_read(admin)
    admin.get_by_role("link", name="Close").click()
    admin.wait_for_url("**/close")
    assert_fit_to_read(admin)


def test_a_refused_file_says_where_it_is_wrong(admin: Page, live_server: LiveServer) -> None:
    admin.goto(f"{live_server.url}/office/surveys")
    form = {"name": "form.csv", "mimeType": "text/csv", "buffer": b"survey\n,type,name,label\n,geopoint,where,Where?\n"}
    admin.get_by_label("Form").set_input_files(form)
    admin.get_by_role("button", name="Check and keep as a draft").click()
    expect(admin.get_by_role("region", name="What to correct").locator("tbody tr")).to_have_count(1)
    assert_fit_to_read(admin)
