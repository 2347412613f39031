"""Live counts in a browser: every channel told apart, sound on a phone and at a desk."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.services.figures.tallies import fold_marks
from app.transaction import transaction
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, office_page, violations
from tests.factories import add_place, add_placement, add_responses, add_survey


@pytest.fixture
def state(app: Flask) -> int:
    """Answers through every channel, this week's too, and a place through which none come."""
    now = datetime.now(UTC)
    week = now.date() - timedelta(days=now.weekday())
    with transaction() as session:
        state = add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")
        station = add_place(session, parent=state, name_hi="अनुसूचित जाति कल्याण पुलिस थाना, औद्योगिक विकास निगम परिसर")
        version = add_survey(session, slug="visit")
        add_placement(session, add_place(session, parent=state), version)
        for at, channel in enumerate(Channel):
            for back in (0, 1, 5):
                given = [{"overall": 4}] * (3 + at)
                add_responses(session, station, version, week - timedelta(weeks=back), given, channel=channel)
        add_responses(session, station, version, week, [{"overall": 1}] * 4, reasons=["late"])
        session.flush()
        fold_marks(session)
        return state.id


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_live_counts_and_silent_places_are_sound(
    browser: Browser, live_server: LiveServer, state: int, viewport: dict[str, int]
) -> None:
    with office_page(browser, live_server, Role.STATE_ADMIN, state, viewport) as page:
        for path in ("/office/tallies?span=53", "/office/tallies", f"/office/tallies/{state}/silent"):
            page.goto(f"{live_server.url}{path}")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert violations(page) + layout_faults(page) == []
        page.goto(f"{live_server.url}/office/tallies")
        assert page.locator(".weeks .unfinished").count() == 1
        # Each series is filled otherwise: eight channels, and what was set aside.
        keys = page.locator(".keys pattern").evaluate_all("all => all.map(one => one.innerHTML.trim())")
        assert len(keys) == len(set(keys)) == 9
