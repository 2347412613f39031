"""Results in the office in a browser: sound for everybody, in either language, at a desk and on a phone."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.jobs.editions import make_editions
from app.models import SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.surveys.surveys import import_draft, publish_draft, read_starter
from app.transaction import transaction
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, office_page, violations
from tests.factories import add_place, add_responses, add_survey

LONG = "अनुसूचित जाति एवं अनुसूचित जनजाति कल्याण पुलिस थाना, औद्योगिक विकास निगम परिसर"
#: the answer itself, on the first screen of a phone
ANSWER = ".standing .told"


@pytest.fixture
def station(app: Flask) -> int:
    """A station with answers of three classes in a district of two, all published."""
    now = datetime.now(UTC)
    week = now.date() - timedelta(days=now.weekday() + 56)
    with transaction() as session:
        district = add_place(session, kind="district", name_hi="ज़िला उदाहरण गढ़", name_en="Udaharan Garh District")
        station = add_place(session, parent=district, name_hi=LONG, name_en="Scheduled Tribes Welfare Station")
        other = add_place(session, parent=district)
        import_draft(session, read_starter("station-visit"), actor_id=None, now=now)
        version_id = publish_draft(session, "station-visit", actor_id=None, now=now).id
        version = session.get_one(SurveyVersion, version_id)
        wishes, money = ("waiting", "manners", "no_money", "nothing"), ("no", "no", "no", "hinted")
        for at in range(5):
            for place, respect in ((station, 2), (other, 5)):
                given = [
                    {
                        "satisfied": 5 - n % 5,
                        "respect": respect if n % 3 else 4,
                        "extra_money": money[n % 4],
                        "change": [wishes[n % 4]],
                        "facilities": {"water": 5 - n % 5, "toilet": 1 + n % 5},
                    }
                    for n in range(60)
                ]
                add_responses(session, place, version, week + timedelta(weeks=at), given)
            for channel in (Channel.KIOSK, Channel.INVITE):
                add_responses(session, station, version, week + timedelta(weeks=at), given, channel=channel)
        session.flush()
        publish_releases(session, now)
        place_id = station.id
    make_editions(now)
    return place_id


def look_at(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(page) + layout_faults(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "in large letters it scrolls sideways"


@pytest.mark.parametrize(("viewport", "language"), [(PHONE, "hi"), (PHONE, "en"), (DESK, "hi")])
def test_results_are_sound_and_begin_with_the_answer(
    browser: Browser, live_server: LiveServer, station: int, viewport: dict[str, int], language: str
) -> None:
    with office_page(browser, live_server, Role.STATION_HEAD, station, viewport) as page:
        page.goto(f"{live_server.url}/office/")
        if page.locator("html").get_attribute("lang") != language:
            page.locator("button[name=lang]").first.click()
        assert page.locator("html").get_attribute("lang") == language
        look_at(page, f"{live_server.url}/office/")
        look_at(page, f"{live_server.url}/office/reports/{station}")
        page.reload()
        box = page.locator(ANSWER).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < viewport["height"]
        # Three classes stand beside each other, never in one figure.
        assert page.locator("table.classes thead th").count() == 3 * page.locator("table.classes").count() > 0


def test_stations_beside_each_other_are_sound(browser: Browser, live_server: LiveServer, app: Flask) -> None:
    """Twelve stations, of which two are a group that is too small."""
    now = datetime.now(UTC)
    week = now.date() - timedelta(days=now.weekday() + 28)
    with transaction() as session:
        district = add_place(session, kind="district", name_hi="ज़िला उदाहरण गढ़", name_en="Udaharan Garh District")
        version = add_survey(session, slug="visit")
        for at in range(12):
            place = add_place(session, parent=district, name_hi=f"{LONG} {at}", name_en=f"Station {at}")
            place.place_group = "rural" if at < 10 else "city"
            many = 80 + 9 * at
            good = 20 if at == 9 else 0.7 * many
            add_responses(session, place, version, week, [{"overall": 5 if n < good else 1} for n in range(many)])
        session.flush()
        publish_releases(session, now)
        place_id = district.id
    make_editions(now)
    for viewport in (PHONE, DESK):
        with office_page(browser, live_server, Role.DISTRICT_HEAD, place_id, viewport) as page:
            for path in (f"/office/reports/{place_id}", f"/office/reports/{place_id}/like-places", "/office/reports"):
                look_at(page, f"{live_server.url}{path}")
            page.goto(f"{live_server.url}/office/reports/{place_id}/like-places")
            # The office is light in a browser that asks for dark, so its charts are.
            page.emulate_media(color_scheme="dark")
            assert page.locator("svg.chart circle").first.evaluate("one => getComputedStyle(one).stroke") == "none"
            assert page.locator("svg.chart circle").count() == 9
            assert page.locator("svg.chart rect").count() == 1
