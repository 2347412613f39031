"""A tablet on a counter, from the code of the office on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.domain.devices.device import DeviceKind
from app.domain.surveys.survey import SurveyDefinition
from app.models import Device, Response, SequenceRun, Verdict
from app.services.devices.changes import NewDevice, add_device, give_code
from app.services.devices.queries import get_device
from app.transaction import reading, transaction
from tests.browser.actors.memory import rows_of
from tests.browser.actors.walking import choose, press
from tests.browser.conftest import LiveServer
from tests.factories import add_place, add_survey

TABLET = {"width": 768, "height": 1024}
READY = "#gate[data-state=ready]"
START = "[data-session=start]"
#: nothing else is asked of the network once the page says this
OFFLINE = "अब बिना नेटवर्क के भी चलेगा"


@dataclass(frozen=True, slots=True)
class Registered:
    """A device in the register that waits to be set up."""

    live: LiveServer
    id: int
    code: str

    def row(self) -> Device:
        with reading() as session:
            return session.get_one(Device, self.id)

    def place_id(self) -> int:
        with reading() as session:
            return get_device(session, self.id).place_id

    def runs(self) -> list[tuple[int, int]]:
        """Which sequence numbers have arrived."""
        with reading() as session:
            runs = select(SequenceRun.first, SequenceRun.last).where(SequenceRun.device_id == self.id)
            return [(first, last) for first, last in session.execute(runs.order_by(SequenceRun.first))]


def register(live: LiveServer, definition: SurveyDefinition, kind: DeviceKind = DeviceKind.KIOSK) -> Registered:
    now = datetime.now(UTC)
    with transaction() as session:
        place = add_place(session, name_hi="थाना चंदनपुर कोतवाली", name_en="Chandanpur Kotwali Police Station")
        new = NewDevice(kind, "टैबलेट 1, सहायता डेस्क", add_survey(session, definition).survey_id, key_id=0)
        device_id = add_device(session, place.id, new, now=now)
        return Registered(live, device_id, give_code(session, device_id, actor_id=None, now=now).code)


def set_up(page: Page, device: Registered) -> str:
    """Type the code; the address of the page that the device has from then on."""
    page.goto(f"{device.live.url}/k")
    page.locator("#code").fill(device.code)
    page.locator("#enrol button").click()
    expect(page.locator(READY)).to_be_visible()
    expect(page.locator("[data-slot=outbox]")).to_contain_text(OFFLINE, timeout=20_000)
    return page.url


def answer(page: Page, **answers: str) -> None:
    """One person: start, answer, send, and see the thanks."""
    page.locator(START).click()
    for name, value in answers.items():
        choose(page, name, value)
    press(page, "send")
    expect(page.locator("#gate[data-state=thanks]")).to_be_visible()


def next_person(page: Page) -> None:
    page.locator("[data-state=thanks] [data-session=clean]").click()
    expect(page.locator(READY)).to_be_visible()


def outbox(page: Page) -> list[dict[str, Any]]:
    """The rows as they lie in the browser."""
    rows: list[dict[str, Any]] = page.evaluate(rows_of("outbox", told="rows[0]"))
    return rows


def verdicts() -> list[tuple[str, str]]:
    with reading() as session:
        return [(verdict, reasons) for verdict, reasons in session.execute(select(Verdict.verdict, Verdict.reasons))]


def evidence() -> set[str]:
    with reading() as session:
        return set(session.scalars(select(Response.evidence)))
