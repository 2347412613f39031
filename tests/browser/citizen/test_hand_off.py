"""Where a complaint goes, on a phone: read in both languages, and left at once without a trace of it behind Back."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from app.transaction import transaction
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.citizen.test_citizen_page import VISIT
from tests.browser.conftest import LiveServer, layout_faults, violations
from tests.factories.codes.placements import add_placement
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import add_survey


@pytest.mark.parametrize("language", ["hi", "en"])
def test_it_is_read_and_left(browser_context: BrowserContext, live_server: LiveServer, language: str) -> None:
    with live_server.app.app_context(), transaction() as session:
        state = add_place(session, kind="state")
        district = add_place(session, parent=state, kind="district", name_hi="ज़िला नमूना", name_en="Sample District")
        district.contact_hi = "पुलिस अधीक्षक कार्यालय, " + "नमूना मार्ग " * 10
        district.contact_phone = "0755 2443000"
    phone = browser_context.new_page()
    phone.route("https://mausam.imd.gov.in/**", lambda route: route.fulfill(body="weather"))
    phone.goto(f"{live_server.url}/?lang={language}")
    phone.locator("#content").get_by_role("link", name=re.compile("FIR")).click()
    phone.locator("summary").click()
    phone.get_by_role("link", name="ज़िला नमूना" if language == "hi" else "Sample District").click()
    expect(phone.get_by_role("link", name="0755 2443000")).to_be_visible()
    assert violations(phone) == []
    assert layout_faults(phone) == []
    phone.locator("#content [data-leave]").click()
    phone.wait_for_url("https://mausam.imd.gov.in/**")
    phone.go_back()
    phone.wait_for_url(re.compile("imd.gov.in|/about/complaint"))
    # Its own entry is the neutral page's now; the page before it is no page of a district.
    assert not re.search(r"/about/complaint/\d", phone.url)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_first_page_fits(browser_context: BrowserContext, live_server: LiveServer, language: str) -> None:
    phone = browser_context.new_page()
    phone.goto(f"{live_server.url}/?lang={language}")
    assert violations(phone) == []
    assert layout_faults(phone) == []


def test_the_thanks_lead_to_the_district_of_the_station(
    browser_context: BrowserContext, live_server: LiveServer
) -> None:
    with live_server.app.app_context():
        with transaction() as session:
            district = add_place(session, kind="district")
            district.contact_phone = "0755 2443000"
            placement = add_placement(session, add_place(session, parent=district), add_survey(session, VISIT))
        address = live_server.code(placement)
    phone = browser_context.new_page()
    open_code(phone, address)
    choose(phone, "respect", "3")
    press(phone, "send")
    phone.locator(".state [data-slot=complaint]").click()
    expect(phone.get_by_role("link", name="0755 2443000")).to_be_visible()
