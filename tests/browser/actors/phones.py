"""A phone whose modules are driven directly: the real scripts, the real storage, the real server."""

from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from app.domain.responses.receipt_number import in_groups
from app.models import ReceiptNumber, Response
from app.transaction import reading
from app.web.static import static_url

# `page.evaluate` may be given code where the policy of the page lets no script in; waiting functions may not.
PREPARE = """async (address) => {
    const delivery = await import(address);
    const { token, surveyVersion, language, stamp, kid, sealingKey } = document.querySelector("#answers").dataset;
    const told = [];
    delivery.events.addEventListener("change", ({ detail }) => told.push(detail));
    delivery.events.addEventListener("wiped", () => told.push({ state: "wiped" }));
    const envelope = { token, survey_version: surveyVersion, language, stamp, kid, key: sealingKey };
    window.phone = { ...delivery, told, envelope };
}"""


class DrivenPhone:
    """One page behind a code. `told` is everything the page was told about its answers."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self) -> "DrivenPhone":
        self.page.goto(self.address)
        return self.prepare()

    def prepare(self) -> "DrivenPhone":
        self.page.evaluate(PREPARE, static_url("js/offline/delivery.js"))
        return self

    def keep(self, answers: dict[str, Any]) -> str:
        """Keep one answer; its id, or the code of the failure."""
        kept: str = self.page.evaluate(
            "(answers) => phone.keep(phone.envelope, answers).then(({ id }) => id, (failure) => failure.code)", answers
        )
        return kept

    def flush(self) -> None:
        self.page.evaluate("phone.flush()")

    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.page.evaluate("phone.list()")
        return rows

    def told(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.page.evaluate("phone.told")
        return told

    def numbers(self) -> dict[str, str]:
        """The confirmation numbers that this page was told, by id."""
        return {each["id"]: each["number"] for each in self.told() if each["state"] == "sent"}


def stored_ids() -> set[str]:
    with reading() as session:
        return {str(identifier) for identifier in session.scalars(select(Response.id))}


def counted_numbers() -> list[str]:
    """The confirmation numbers that the server counted, each as often as it came."""
    with reading() as session:
        rows = session.execute(select(ReceiptNumber.number, ReceiptNumber.times))
        return [in_groups(number) for number, times in rows for _ in range(times)]
