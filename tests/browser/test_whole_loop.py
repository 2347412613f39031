"""The whole loop on the official list of places: issue, print, scan, answer, publish, read the results."""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.places.importing import ImportOptions
from app.domain.places.place import PlaceKind
from app.formats.tables.reading import read_table
from app.models import Place
from app.services.figures.releases import publish_releases
from app.services.figures.tallies import fold_marks
from app.services.places.imports import apply_import
from app.services.surveys.surveys import import_draft, publish_draft, read_starter
from app.transaction import reading, transaction
from tests.browser.actors.walking import choose, open_code, press
from tests.browser.conftest import DESK, PHONE, LiveServer, layout_faults, open_context
from tests.fixtures.accounts import PASSWORD, add_account

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
OPENED = datetime(2026, 6, 10, 5, tzinfo=UTC)
#: the week is over, and seven days more
CLOSED = OPENED + timedelta(days=15)
HINDI = "थाना अमरपाटन"
SPOT = "आवेदन काउंटर के पास"
#: of thirty people, so many chose each answer to "how were you treated", best first
TREATED = {5: 14, 4: 5, 2: 11}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the official list of places is not beside the checkout")


def test_from_the_official_list_to_the_station_heads_pdf(browser: Browser, live_server: LiveServer) -> None:
    live_server.app.config["CLOCK"] = lambda: OPENED
    with live_server.app.app_context():
        station = import_the_official_list()
        publish_the_station_visit()
        printer = add_account(Role.PRINTING_OFFICER, parent_of(station), username="printing", language="hi")
        assert printer
        add_account(Role.STATION_HEAD, station, username="station", language="hi")

    with office(browser, live_server, "printing", viewport=DESK) as desk:
        sheet = print_a_poster(desk, live_server)
    address = decode(sheet)
    assert address.startswith(f"HTTP://127.0.0.1:{live_server.server.port}/S/")

    with phone(browser, script=True) as page:
        answer(page, address, treated=5)
    with phone(browser, script=False) as page:
        send_others(page, address, live_server)
        answer(page, address, treated=2)

    live_server.app.config["CLOCK"] = lambda: CLOSED
    with live_server.app.app_context(), transaction() as session:
        fold_marks(session)
        publish_releases(session, CLOSED)

    with office(browser, live_server, "station", viewport=PHONE) as page:
        read_the_results(page, live_server, station)


def import_the_official_list() -> int:
    """The 52 districts and 424 tehsils, as stations; one gets the Hindi name that the list lacks."""
    with transaction() as session:
        for name, options in (
            ("lgd_districts_madhya_pradesh.csv", ImportOptions()),
            ("lgd_subdistricts_madhya_pradesh.csv", ImportOptions(PlaceKind.STATION)),
        ):
            table = read_table((DATA / name).read_bytes())
            apply_import(session, table, options, actor_id=None, now=OPENED - timedelta(days=100))
        place = session.scalars(select(Place).where(Place.name_en == "Amarpatan")).one()
        place.name_hi = HINDI
        return place.id


def publish_the_station_visit() -> None:
    with transaction() as session:
        draft = import_draft(session, read_starter("station-visit"), actor_id=None, now=OPENED)
        publish_draft(session, draft.slug, actor_id=None, now=OPENED)


def parent_of(place_id: int) -> int:
    from app.services.places.ancestry import Ancestry

    with reading() as session:
        return Ancestry.load(session).ancestors(place_id, OPENED.date())[0]


class office:
    """A page of the office, signed in by the form."""

    def __init__(self, browser: Browser, live: LiveServer, username: str, *, viewport: dict[str, int]) -> None:
        self.context = open_context(browser, script=False, viewport=viewport)
        self.live, self.username = live, username

    def __enter__(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.live.url}/office/")
        page.locator("input[name=username]").fill(self.username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        return page

    def __exit__(self, *_: object) -> None:
        self.context.close()


class phone:
    """A citizen's phone, 360 px wide."""

    def __init__(self, browser: Browser, *, script: bool) -> None:
        self.context: BrowserContext = open_context(browser, script=script, viewport=PHONE)

    def __enter__(self) -> Page:
        return self.context.new_page()

    def __exit__(self, *_: object) -> None:
        assert self.context.cookies() == []
        self.context.close()


def print_a_poster(page: Page, live: LiveServer) -> bytes:
    """The printing officer finds the station by its Hindi name and prints its poster."""
    page.goto(f"{live.url}/office/placements/new")
    page.locator("input[name=text]").fill("अमरपाटन")
    page.locator("main form button").first.click()
    page.get_by_role("link", name=re.compile(HINDI)).click()
    page.locator("input[name=hung_at]").fill(SPOT)
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text(SPOT)
    link = page.get_by_role("link", name="PDF").first.get_attribute("href")
    sheet = page.request.get(f"{live.url}{link}")
    assert sheet.headers["content-type"] == "application/pdf"
    return sheet.body()


def decode(sheet: bytes) -> str:
    """What a camera reads from the paper; the paper also says where it hangs."""
    document = pypdfium2.PdfDocument(sheet)
    assert len(document) == 1
    text = " ".join(document[0].get_textpage().get_text_range().split())
    assert HINDI in text
    assert SPOT in text
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_pil())
    return code.text


def answer(page: Page, address: str, *, treated: int) -> None:
    """The same with one question at a time and with all on one page."""
    open_code(page, address)
    expect(page.locator("h1")).to_contain_text(HINDI)
    assert page.locator("html").get_attribute("lang") == "hi"
    choose(page, "purpose", "fir")
    choose(page, "respect", str(treated))
    press(page, "send")
    expect(page.locator(".receipt .big")).to_have_text(re.compile(r"^\d{4} \d{4} \d{4}$"))
    assert layout_faults(page) == []


def send_others(page: Page, address: str, live: LiveServer) -> None:
    """Twenty-eight more people: the page's token and stamp, through the sync API."""
    page.goto(address)
    hidden = {name: page.locator(f"input[name={name}]").get_attribute("value") for name in ("_stamp", "_version")}
    others = [treated for treated, people in TREATED.items() for _ in range(people)]
    others.remove(5)
    others.remove(2)
    items: list[dict[str, Any]] = [
        {
            "v": 1,
            "id": str(uuid4()),
            "token": address.rsplit("/", 1)[1],
            "survey_version": int(hidden["_version"] or 0),
            "language": "hi",
            "week": OPENED.date().isoformat(),
            "stamp": hidden["_stamp"],
            "kid": None,
            "body": {"purpose": "complaint", "respect": treated},
        }
        for treated in others
    ]
    sent = page.request.post(f"{live.url}/api/v1/responses", data={"responses": items})
    assert {receipt["status"] for receipt in sent.json()["receipts"]} == {"stored"}


def read_the_results(page: Page, live: LiveServer, station: int) -> None:
    """Thirty answered; nineteen found it good: about 65 in 100, since below 200 answers figures go by fives."""
    page.goto(f"{live.url}/office/reports/{station}")
    expect(page.locator("h1")).to_contain_text(HINDI)
    expect(page.locator("main")).to_contain_text("लगभग 30 जवाब")
    expect(page.locator("main")).to_contain_text("100 में लगभग 65")
    assert layout_faults(page) == []
    link = page.locator("a[href*='report-hi.pdf']").first.get_attribute("href")
    document = pypdfium2.PdfDocument(page.request.get(f"{live.url}{link}").body())
    assert 1 <= len(document) <= 2
    text = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document)
    for line in (HINDI, "थाने में आपके साथ व्यवहार कैसा रहा?", "लगभग 30 जवाब", "100 में लगभग 65"):
        assert line in text
    foreign = page.goto(f"{live.url}/office/reports/{station + 1}")
    assert foreign is not None
    assert foreign.status == 403
