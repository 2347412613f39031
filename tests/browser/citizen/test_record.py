"""The public record in a browser: sound for everybody, whole without script, from the paper to the figures."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.config import Settings
from app.jobs.record.keeping import keep_record
from app.models import Edition
from app.services.record.log.checkpoints import newest_checkpoint
from app.services.record.log.cosignatures import keep_cosignature
from app.services.record.report_codes import report_mark
from app.transaction import reading, transaction
from tests.browser.citizen.test_results import opened
from tests.browser.conftest import PHONE, faults_in_each_width, layout_faults, open_context
from tests.factories.record.folder import Signer

__all__ = ["opened"]


@pytest.fixture
def code(app: Flask, opened: str, settings: Settings) -> str:
    """The address that stands on the paper of the state's results."""
    now = datetime.now(UTC)
    keep_record(settings, now)
    with reading() as session:
        mark = report_mark(session, session.query(Edition).first().digest, opened, now)  # type: ignore[union-attr]
    assert mark is not None
    return "/" + mark.address.split("/", 3)[3]


@pytest.mark.parametrize(("language", "scheme"), [("hi", "light"), ("en", "dark")])
def test_every_page_is_sound_for_everyone(browser: Browser, opened: str, code: str, language: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/r/record", code, code[:-1] + ("A" if code[-1] != "A" else "B"), "/r/receipts"):
        page.goto(f"{opened}{path}?lang={language}")
        assert faults_in_each_width(page) == [], path
    page.set_viewport_size(PHONE)
    page.goto(f"{opened}/r/record?lang={language}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert layout_faults(page) == []
    context.close()


def test_from_the_paper_to_the_figures_without_script(browser: Browser, opened: str, code: str) -> None:
    context = open_context(browser, script=False)
    page = context.new_page()
    page.goto(f"{opened}{code}?lang=en")
    expect(page.get_by_role("heading", name="These figures stand")).to_be_visible()
    page.get_by_role("link", name="The public record").click()
    expect(page.get_by_role("heading", name="Check it yourself")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Read these results here").click()
    expect(page.get_by_text("Results of")).not_to_have_count(0)
    context.close()


@pytest.mark.usefixtures("code")
def test_witnesses_have_room_whatever_they_are_called(browser: Browser, opened: str) -> None:
    with transaction() as session:
        head = newest_checkpoint(session, datetime.now(UTC))
        assert head is not None
        for name in ("witness.example.org/w", "a-very-long-name-of-a-witness.of-an-association.example.org/samvad"):
            witness = Signer(name, bytes(32), kind=4)
            note = head.note + witness.sign(head.note.partition("\n\n")[0] + "\n")
            keep_cosignature(session, note, witness.vkey, datetime.now(UTC))
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{opened}/r/record?lang=hi")
    expect(page.get_by_text("witness.example.org/w")).to_be_visible()
    assert faults_in_each_width(page) == []
    context.close()
