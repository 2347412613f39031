"""Whoever doubts a code asks about it, on a phone, in both languages."""

import re
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.models import Placement
from app.transaction import transaction
from app.web.context import context
from tests.browser.conftest import PHONE, LiveServer, layout_faults, office_page, open_context, violations
from tests.factories import add_place, add_survey
from tests.factories.codes.placements import add_placement


@pytest.fixture
def poster(live_server: LiveServer) -> Placement:
    with live_server.app.app_context(), transaction() as session:
        survey = add_survey(session)
        place = add_place(session, name_hi="थाना कोतवाली", name_en="Kotwali")
        made = add_placement(session, place, survey)
        add_placement(session, place, survey, channel=Channel.HANDLE, hung_at="X")
        session.expunge_all()
    return made


def assert_fit_to_read(page: Page) -> None:
    assert violations(page) == []
    assert layout_faults(page) == []


@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_code_is_checked_by_its_number_and_by_its_station(
    browser_context: BrowserContext, live_server: LiveServer, poster: Placement, language: str
) -> None:
    hindi = language == "hi"
    phone = browser_context.new_page()
    phone.goto(f"{live_server.url}/n?lang={language}")
    phone.locator("#content").get_by_role(
        "link", name="क्या यह कोड असली है?" if hindi else "Is this code genuine?"
    ).click()
    expect(phone).to_have_url(re.compile("/v"))
    assert_fit_to_read(phone)
    phone.get_by_label("कोड का नंबर या पता" if hindi else "Number or address of the code").fill(poster.number or "")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("मुख्य द्वार")).to_be_visible()
    assert_fit_to_read(phone)
    phone.get_by_role("link", name="दूसरा कोड जाँचें" if hindi else "Check another code").click()
    phone.get_by_label("थाने का नाम" if hindi else "Name of the station").fill("kotwali")
    phone.keyboard.press("Enter")
    found = phone.get_by_role("button", name="थाना कोतवाली" if hindi else "Kotwali")
    expect(found).to_be_visible()
    assert_fit_to_read(phone)
    found.click()
    number = poster.number or ""
    phone.get_by_text(f"{number[:4]} {number[4:]}").wait_for()
    # Neither the name nor the station stays in the history.
    expect(phone).to_have_url(f"{live_server.url}/v")
    assert_fit_to_read(phone)
    phone.goto(f"{live_server.url}/v?code=https://evil.example/s/x&lang={language}")
    phone.get_by_text("evil.example").first.wait_for()
    assert_fit_to_read(phone)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_an_officer_on_patrol_takes_a_photo_that_is_made_small_before_it_is_sent(
    browser: Browser, live_server: LiveServer, poster: Placement, tmp_path: Path, language: str
) -> None:
    with live_server.app.app_context():
        token = context().tokens.sign(Token(Channel.POSTER, poster.key_id, poster.id))
    wall = Image.effect_noise((3600, 3600), 80).convert("RGB")
    wall.paste(qrcode.make(f"{live_server.url}/S/{token}".upper()).get_image().resize((1800, 1800)), (700, 900))
    wall.save(tmp_path / "wall.jpg", quality=95)
    assert (tmp_path / "wall.jpg").stat().st_size > 4 * 1024 * 1024
    with office_page(browser, live_server, Role.STATION_HEAD, poster.place_id, PHONE) as officer:
        officer.goto(f"{live_server.url}/office/patrol")
        if language == "hi":
            officer.get_by_role("button", name="हिन्दी").click()
            officer.get_by_role("heading", name="गश्त पर जाँच").wait_for()
        assert_fit_to_read(officer)
        officer.locator("#photo").set_input_files(tmp_path / "wall.jpg")
        officer.get_by_role("button", name="जाँचें" if language == "hi" else "Check").click()
        expect(officer.get_by_text("मुख्य द्वार")).to_be_visible()
        assert_fit_to_read(officer)


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])
def test_no_number_that_was_typed_stays_in_the_history(
    browser: Browser, live_server: LiveServer, poster: Placement, script: bool
) -> None:
    """Neither a wrong one nor the right one; a wrong one stands in its field again."""
    number = poster.number or ""
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with open_context(browser, script=script) as context:
        phone = context.new_page()
        remote = context.new_cdp_session(phone)
        phone.goto(f"{live_server.url}/n")
        for typed in (wrong, number):
            phone.locator("#number").fill(typed)
            phone.keyboard.press("Enter")
            if typed == wrong:
                expect(phone.locator("#number-error")).to_be_visible()
                expect(phone.locator("#number")).to_have_value(wrong)
        expect(phone.locator("#answers")).to_be_visible()
        entries = remote.send("Page.getNavigationHistory")["entries"]
    addresses = [entry["url"].removeprefix(live_server.url) for entry in entries]
    assert addresses[-1].startswith("/s/")
    assert set(addresses[:-1]) == {"about:blank", "/n"}
