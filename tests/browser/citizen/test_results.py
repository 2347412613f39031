"""Pages of results in a browser: sound for everybody, complete without script, in either language and in the dark."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.domain.installation.public_results import Depth
from app.domain.weeks import day_of
from app.jobs.editions import make_editions
from app.models import SurveyVersion
from app.services.figures.releases import publish_releases
from app.services.installation.public_results import decide_public_results
from app.services.surveys.surveys import import_draft, publish_draft, read_starter
from app.transaction import transaction
from tests.browser.conftest import PHONE, LiveServer, faults_in_each_width, layout_faults, open_context
from tests.factories import add_place, add_responses

LONG = "अनुसूचित जाति एवं अनुसूचित जनजाति कल्याण पुलिस थाना, औद्योगिक विकास निगम परिसर"


@pytest.fixture
def opened(app: Flask, live_server: LiveServer) -> str:
    """Where results stand: of a state and two stations, of which one has answers enough for every figure."""
    now = datetime.now(UTC)
    week = now.date() - timedelta(days=now.weekday() + 28)
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        busy = add_place(session, parent=state, name_hi=LONG, name_en="Scheduled Castes and Tribes Welfare Station")
        quiet = add_place(session, parent=state, name_hi="थाना जुगनू", name_en="Jugnu")
        state.page, busy.page, quiet.page = "state", "busy", "quiet"
        import_draft(session, read_starter("station-visit"), actor_id=None, now=now)
        version_id = publish_draft(session, "station-visit", actor_id=None, now=now).id
        version = session.get_one(SurveyVersion, version_id)
        wishes = ("waiting", "manners", "no_money", "nothing")
        given = [
            {"satisfied": 5 - at % 5, "respect": 4, "heard": at // 5 % 5 + 1, "change": [wishes[at % 4]]}
            for at in range(240)
        ]
        add_responses(session, busy, version, week, given)
        add_responses(session, quiet, version, week, given[:9])
        session.flush()
        publish_releases(session, now)
        decide_public_results(session, Depth.STATION, day_of(now), None, now)
    make_editions(now)
    return live_server.url


@pytest.mark.parametrize(("language", "scheme"), [("hi", "dark"), ("en", "light")])
def test_every_page_is_sound_for_everyone(browser: Browser, opened: str, language: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/r", "/r/state", "/r/busy", "/r/busy/trends", "/r/quiet"):
        page.goto(f"{opened}{path}?lang={language}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert faults_in_each_width(page) == [], path
    page.set_viewport_size(PHONE)
    page.goto(f"{opened}/r/busy?lang={language}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert layout_faults(page) == []
    context.close()


def test_without_script_a_citizen_finds_the_station_and_reads_all_of_it(browser: Browser, opened: str) -> None:
    with open_context(browser, script=False) as context:
        page = context.new_page()
        page.goto(f"{opened}/r")
        page.get_by_label("थाना या ज़िला खोजें").fill("जनजाति")
        page.get_by_role("button", name="खोजें").click()
        page.get_by_role("link", name=LONG).first.click()
        expect(page.locator(".lead").first).to_be_visible()
        page.get_by_text("सारे सवाल").click()
        expect(page.get_by_text("थाने में आपके साथ व्यवहार कैसा रहा?").first).to_be_visible()
