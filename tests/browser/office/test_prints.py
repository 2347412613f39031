"""An officer prints: ticks codes, looks at the paper, watches a long run, cancels it, and takes the file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from app.domain.accounts.role import Role
from app.domain.codes.channel import Channel
from app.services.codes.placements import IssueRequest, issue_below
from app.transaction import transaction
from app.web.office.codes.prints import AT_ONCE
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, office_page, violations
from tests.factories import add_place, add_survey

STATIONS = AT_ONCE + 100


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def officer(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A printing officer of a district with more stations than are printed at once."""
    with live_server.app.app_context(), transaction() as session:
        district = add_place(session, kind="district", name_hi="नमूनागढ़", name_en="Namunagarh")
        for at in range(STATIONS):
            add_place(session, parent=district, name_hi=f"थाना {at}", name_en=f"Station {at}")
        survey = add_survey(session).survey_id
        issue_below(session, district.id, IssueRequest(survey, Channel.POSTER, "मुख्य द्वार", 0), now=datetime.now(UTC))
        place_id = district.id
    with office_page(browser, live_server, Role.PRINTING_OFFICER, place_id, request.param) as page:
        yield page


def assert_fit_to_read(page: Page) -> None:
    assert violations(page) == []
    assert layout_faults(page) == []


def test_those_ticked_are_printed_as_chosen(officer: Page, live_server: LiveServer, tmp_path: Path) -> None:
    officer.goto(f"{live_server.url}/office/placements")
    assert_fit_to_read(officer)
    ticks = officer.get_by_role("checkbox")
    ticks.nth(0).check()
    ticks.nth(1).check()
    officer.get_by_role("button", name="Print those ticked").click()
    officer.get_by_label("Counter card, A4").check()
    officer.get_by_label("English only").check()
    officer.get_by_role("button", name="Show preview").click()
    expect(officer.get_by_label("Counter card, A4")).to_be_checked()
    shown = officer.get_by_role("img", name="The first sheet as it will be printed")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    assert_fit_to_read(officer)
    with officer.expect_download() as waited:
        officer.get_by_role("button", name="Make the PDF").click()
    waited.value.save_as(tmp_path / "prints.pdf")
    with pypdfium2.PdfDocument(tmp_path / "prints.pdf") as document:
        codes = [len(zxingcpp.read_barcodes(sheet.render(scale=1.5).to_pil())) for sheet in document]
    assert codes == [0, 2, 2]


def test_a_long_run_moves_is_cancelled_and_comes_whole(officer: Page, live_server: LiveServer, tmp_path: Path) -> None:
    officer.goto(f"{live_server.url}/office/placements/below")
    officer.get_by_role("link", name="Print").click()
    officer.get_by_role("button", name="Make the PDF").click(no_wait_after=True)
    expect(officer.get_by_role("heading", name="Sheets to print")).to_be_visible()
    cancel = officer.get_by_role("link", name="Cancel")
    if cancel.is_visible():
        cancel.click()
    else:
        officer.get_by_role("link", name="Go back").click()
    officer.get_by_role("button", name="Make the PDF").click(no_wait_after=True)
    fetch = officer.get_by_role("link", name="Download the PDF")
    expect(fetch).to_be_visible(timeout=30_000)
    expect(officer.get_by_role("link", name="Cancel")).to_be_hidden()
    assert officer.locator("progress").count() > 10
    assert_fit_to_read(officer)
    with officer.expect_download() as waited:
        fetch.click()
    waited.value.save_as(tmp_path / "prints.pdf")
    with pypdfium2.PdfDocument(tmp_path / "prints.pdf") as document:
        assert len(document) == STATIONS + -(-STATIONS // 19)
