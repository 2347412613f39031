"""Promises in a browser: sound for everybody, complete without script, in either language and in the dark."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.domain.dialogue.commitment import LONGEST_OFFICE, LONGEST_TEXT, Step, Wording
from app.domain.weeks import day_of
from app.services.dialogue.commitments import approve, draft, finish, propose
from app.transaction import transaction
from tests.browser.conftest import PHONE, LiveServer, faults_in_each_width, layout_faults, open_context
from tests.factories.dialogue.commitments import DAY, FIGURE, MONDAY, SAID, PromisingDepartment

PAGE = "/r/s-d1-b-1/promises"


@pytest.fixture
def promised(app: Flask, live_server: LiveServer) -> str:
    """Where a station has a late promise, one that was withdrawn and one that was done."""
    app.config["CLOCK"] = lambda: MONDAY
    department = PromisingDepartment.begin()
    department.open(days=7)
    for step in (Step.WITHDRAWN, Step.DONE):
        made = department.open()
        with transaction() as session:
            finish(session, made, step, SAID, department.heads["busy"], MONDAY)
    app.config["CLOCK"] = lambda: MONDAY + 10 * DAY
    return live_server.url


@pytest.mark.parametrize(("language", "scheme"), [("hi", "dark"), ("en", "light")])
def test_every_page_of_promises_is_sound_for_everyone(
    browser: Browser, promised: str, language: str, scheme: str
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in (PAGE, f"{PAGE}/1", f"{PAGE}/2", "/r/s-d1/promises", "/r/s-d1-b-1"):
        page.goto(f"{promised}{path}?lang={language}")
        assert faults_in_each_width(page) == [], path
    page.set_viewport_size(PHONE)
    page.goto(f"{promised}{PAGE}?lang={language}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert layout_faults(page) == []
    context.close()


def test_without_script_a_citizen_goes_from_results_to_what_became_of_a_promise(
    browser: Browser, promised: str
) -> None:
    with open_context(browser, script=False) as context:
        page = context.new_page()
        page.goto(f"{promised}/r/s-d1-b-1")
        expect(page.get_by_text("3 दिन की देर")).to_be_visible()
        page.get_by_role("link", name="सब वादे, और उनका क्या हुआ").click()
        page.get_by_role("link", name="वादा 2").click()
        expect(page.locator("s")).to_contain_text("दोपहर में दो काउंटर खुलेंगे।")
        expect(page.get_by_text("दोनों खुले हैं।")).to_be_visible()


def test_what_somebody_typed_is_shown_as_text_and_breaks_no_line(
    app: Flask, live_server: LiveServer, browser: Browser
) -> None:
    app.config["CLOCK"] = lambda: MONDAY
    department = PromisingDepartment.begin()
    head, above = department.heads["busy"], department.heads["district"]
    script = "<script>document.title = 'taken'</script><img src=x onerror=alert(1)>"
    hostile = ("W" * LONGEST_TEXT, script, "{{ 7*7 }}\"'>")
    for text in hostile:
        will, office = {"hi": text, "en": text}, {"hi": text[:LONGEST_OFFICE], "en": text[:LONGEST_OFFICE]}
        with transaction() as session:
            due = day_of(MONDAY + 30 * DAY)
            made = draft(session, department.ids["busy"], FIGURE, Wording(will, office, due), head, MONDAY)
            propose(session, made, head, MONDAY)
            approve(session, made, above, MONDAY)
    with open_context(browser) as context:
        page = context.new_page()
        for path in (PAGE, f"{PAGE}/1", f"{PAGE}/2", "/r/s-d1-b-1"):
            page.goto(f"{live_server.url}{path}?lang=en")
            assert layout_faults(page) == [], path
            assert page.title() != "taken"
        for text in hostile[1:]:
            assert page.get_by_text(text).first.is_visible()
