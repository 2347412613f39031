"""Posts in the office in a browser: written by one, published by another, and sound for both of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.domain.accounts.role import Role
from app.transaction import transaction
from tests.browser.conftest import PHONE, LiveServer, faults_in_each_width, office_page
from tests.factories import add_place
from tests.factories.pictures import png

LONG = "अनुसूचित जाति एवं अनुसूचित जनजाति कल्याण पुलिस थाना, औद्योगिक विकास निगम परिसर"


@pytest.fixture(autouse=True)
def state(app: Flask) -> None:
    with transaction() as session:
        add_place(session, kind="state", name_hi="नमूना राज्य", name_en="Sample State")


def write(page: Page, address: str) -> str:
    """The address of a draft that was refused once and then kept."""
    page.goto(f"{address}/office/posts/new")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults_in_each_width(page) == []
    page.get_by_label("Somebody looks at it again by").fill(str(datetime.now(UTC).date() + timedelta(days=90)))
    for language in ("hi", "en"):
        page.locator(f"[name=title-{language}]").fill(LONG)
        page.locator(f"[name=body-{language}]").fill(f"## {LONG}\n\n- **{LONG}** [112](tel:112)\n\n{'x' * 80}")
        page.locator(f"[name=sources-{language}]").fill(f"- [{LONG}](https://mppolice.gov.in/)")
        page.locator(f"[name=alt-{language}]").fill(LONG)
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": png(900, 600)}
    page.get_by_label("Picture", exact=False).last.set_input_files(picture)
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator(".phone")).to_have_count(2)
    return page.url


def test_written_by_one_and_published_by_another(browser: Browser, live_server: LiveServer) -> None:
    with office_page(browser, live_server, Role.OUTREACH) as page:
        draft = write(page, live_server.url)
        assert faults_in_each_width(page) == []
        shown = page.locator(".phone img").first
        assert shown.evaluate("image => image.complete && image.naturalWidth") == 720
        page.get_by_role("button", name="Send for approval").click()
        expect(page.get_by_text("Somebody else has to publish what you wrote.")).to_be_visible()
    with office_page(browser, live_server, Role.STATE_ADMIN) as page:
        page.goto(draft)
        for question in page.locator("#approve input[type=checkbox]").all()[1:]:
            question.check()
        page.get_by_role("button", name="Publish for everybody").click()
        expect(page.get_by_role("alert").first).to_contain_text("Tick all four")
        assert faults_in_each_width(page) == []
        page.locator("#approve input[type=checkbox]").first.check()
        page.get_by_role("button", name="Publish for everybody").click()
        expect(page.get_by_role("link", name="As everybody sees it")).to_be_visible()
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert faults_in_each_width(page) == []
        page.goto(f"{live_server.url}/office/posts")
        assert faults_in_each_width(page) == []
        page.set_viewport_size(PHONE)
        page.get_by_role("link", name=re.compile("^अनुसूचित")).click()
        expect(page.get_by_role("heading", name="If something is wrong with it")).to_be_visible()
