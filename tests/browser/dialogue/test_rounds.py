"""Polls and quizzes with dates in a browser: sound for everybody, and a quiz that is loaded again counts once."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.jobs.publishing import publish_rounds
from app.models import Response
from app.transaction import reading, transaction
from app.web.context import context
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.conftest import PHONE, LiveServer, faults_in_each_width, open_context, violations
from tests.factories.surveys.rounds import OPEN_AT, PLANNED_AT, QUIZ, RESULTS_AT, add_ballot, answer, set_clock
from tests.factories.surveys.surveys import definition, question


@pytest.mark.parametrize(("language", "scheme"), [("hi", "dark"), ("en", "light")])
def test_every_page_of_a_round_is_sound(
    app: Flask, live_server: LiveServer, browser: Browser, language: str, scheme: str
) -> None:
    with transaction() as session:
        poll, quiz = add_ballot(session), add_ballot(session, QUIZ, slug="quiz")
    answer(poll, *[{"first": "patrol", "second": "yes"}] * 40, *[{"first": "fraud", "second": "no"}] * 20)
    answer(quiz, *[{"first": "traffic"}] * 40)
    browsing = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = browsing.new_page()
    for now in (PLANNED_AT, OPEN_AT, RESULTS_AT):
        set_clock(app, now)
        if now is RESULTS_AT:
            publish_rounds(now)
        for path in ("/r/rounds", "/r/rounds/1", "/r/rounds/2"):
            page.goto(f"{live_server.url}{path}?lang={language}")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            assert faults_in_each_width(page) == [], (path, now)
    browsing.close()


def test_the_link_of_a_round_leads_to_its_days_and_a_quiz_with_dates_is_kept_on_the_phone(
    app: Flask, live_server: LiveServer, browser: Browser
) -> None:
    with transaction() as session:
        quiz = add_ballot(session, QUIZ, slug="quiz")
    link = f"{live_server.url}/s/{context().tokens.sign(Token(Channel.HANDLE, 0, quiz.link_id)).lower()}?lang=en"
    with open_context(browser) as browsing:
        page = browsing.new_page()
        set_clock(app, PLANNED_AT)
        page.goto(link)
        expect(page).to_have_url(f"{live_server.url}/r/rounds/1?lang=en")
        set_clock(app, OPEN_AT)
        open_code(page, link)
        # Nothing is marked at once, so it needs no network.
        expect(page.locator(".unkept")).to_have_count(0)
        choose(page, "first", "fraud")
        press(page, "send")
        expect(page.locator(".receipt .big")).to_be_visible()
        expect(page.locator("ol.steps").first).to_contain_text("Results on 29 June 2026, 11:00")
        expect(page.locator("ol.steps").first).to_contain_text("The right answers come with them.")
        assert violations(page) == []


@pytest.mark.usefixtures("app")
def test_a_quiz_without_script_that_is_loaded_again_counts_once(browser: Browser, hang_up: Any) -> None:
    asked = definition([question("number", "select_one", "112", "911", key="112")], kind="quiz")
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as browsing:
        page = browsing.new_page()
        page.goto(f"{hang_up(asked)}?lang=en")
        page.locator("input[name=number][value='112']").check()
        page.locator("button[value=send]").click()
        for _ in range(3):
            expect(page.locator("h2").first).to_have_text("You had 1 of 1 right")
            page.reload()
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1
