"""Quiet periods, changes and approvals in a browser: sound for everybody, in either language, wide and narrow."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.domain.accounts.role import Role
from app.domain.installation.quiet_period import BY_DEFAULT, QuietBlock, QuietChoice
from app.jobs.editions import make_editions
from app.models import Place
from app.services.installation.quiet.changes import enter_quiet, propose_end
from app.transaction import transaction
from app.workflows.editions.correction import correct_newest
from tests.browser.conftest import DESK, PHONE, LiveServer, faults_in_each_width, layout_faults, office_page, violations
from tests.factories.dialogue.commitments import DAY, MONDAY, PromisingDepartment
from tests.factories.installation.quiet_periods import add_quiet
from tests.factories.responses.policies import two_accounts

NEXT = MONDAY + 7 * DAY
WHY = {"hi": "एक हफ़्ते के जवाब दो बार गिने गए थे।", "en": "The answers of one week were counted twice."}


@pytest.fixture
def department(app: Flask, live_server: LiveServer) -> PromisingDepartment:
    """A station whose results are held by one order while another waits for a second person."""
    app.config["CLOCK"] = lambda: MONDAY
    made = PromisingDepartment.begin()
    made.propose()
    with transaction() as session:
        busy, state = (session.get_one(Place, made.ids[name]) for name in ("busy", "state"))
        code, two = busy.code, two_accounts(session, state)
        correct_from = MONDAY + timedelta(hours=1)
        held = add_quiet(session, two, [busy], MONDAY + DAY, NEXT + 9 * DAY, blocks=list(QuietBlock))
        propose_end(session, held, two[0], MONDAY + 2 * DAY)
        waits = QuietChoice("18/2026", NEXT + 20 * DAY, NEXT + 60 * DAY, frozenset({state.id}), BY_DEFAULT)
        enter_quiet(session, waits, two[0], MONDAY + 2 * DAY)
    correct_newest(code, "error", WHY, correct_from, even_the_same=True)
    made.answer("busy", 40, NEXT.date() - 3 * DAY * 7)
    made.publish(NEXT)
    make_editions(NEXT)
    app.config["CLOCK"] = lambda: NEXT + timedelta(minutes=5)
    return made


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_the_pages_of_the_office_are_sound_for_everyone(
    browser: Browser, live_server: LiveServer, department: PromisingDepartment, viewport: dict[str, int]
) -> None:
    of_admin = ("/office/quiet", "/office/quiet/new", "/office/approvals", "/office/promises", "/office/posts")
    for role, paths in ((Role.STATE_ADMIN, of_admin), (Role.AUDITOR, ("/office/quiet", "/office/approvals"))):
        with office_page(browser, live_server, role, department.ids["state"], viewport) as page:
            for path in paths:
                page.goto(f"{live_server.url}{path}")
                assert violations(page) + layout_faults(page) == [], path


@pytest.mark.parametrize(("language", "scheme"), [("hi", "dark"), ("en", "light")])
def test_the_pages_of_citizens_are_sound_for_everyone(
    browser: Browser, live_server: LiveServer, department: PromisingDepartment, language: str, scheme: str
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/about/changes", "/r/s-d1-b-1", "/r/s-d1-b-1/2026-12-07"):
        page.goto(f"{live_server.url}{path}?lang={language}")
        assert faults_in_each_width(page) == [], path
    context.close()
