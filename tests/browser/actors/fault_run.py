"""Many answers from several phones through a network that fails at random."""

import json
import random
from collections import Counter
from dataclasses import dataclass

from playwright.sync_api import Browser
from sqlalchemy import select

from app.models import Response
from app.transaction import reading
from tests.browser.actors.faults import FAULTS, Faults
from tests.browser.actors.phones import DrivenPhone, counted_numbers, stored_ids
from tests.browser.conftest import open_context
from tests.factories.surveys.surveys import definition, question

SURVEY = definition([question("number", "integer"), question("respect", "scale")])
PHONES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many answers went wrong in each way; all of them 0, or the product is broken."""

    lost: int
    doubled: int
    invented: int
    left_on_phones: int
    wrong_receipts: int


def run_faults(browser: Browser, faults: Faults, address: str, submissions: int, seed: int = 5) -> Outcome:
    """Keep the answers on four phones in turn while every kind of fault happens; then let the network be well."""
    contexts = [open_context(browser) for _ in range(PHONES)]
    phones = [DrivenPhone(context.new_page(), address).open() for context in contexts]
    chance = random.Random(seed)  # noqa: S311
    faults.happening = FAULTS
    kept: dict[str, int] = {}
    for number in range(submissions):
        phone = phones[number % PHONES]
        kept[phone.keep({"number": number, "respect": 1 + number % 5})] = number
        if chance.random() < 0.3:
            phone.page.evaluate("dispatchEvent(new Event('online'))")
    faults.happening = (None,)
    left = sum(left_on(phone) for phone in phones)
    receipts = {identifier: number for phone in phones for identifier, number in phone.numbers().items()}
    for context in contexts:
        context.close()
    stored, numbers = stored_ids(), stored_numbers()
    return Outcome(
        lost=len(kept.keys() - stored),
        doubled=len(numbers) - len(set(numbers)),
        invented=len(stored - kept.keys()),
        left_on_phones=left,
        wrong_receipts=(Counter(receipts.get(each) for each in kept) - Counter(counted_numbers())).total(),
    )


def left_on(phone: DrivenPhone) -> int:
    """How many answers stay on a phone, after it had the time to send them."""
    for _ in range(40):
        phone.flush()
        if not phone.rows():
            return 0
        phone.page.wait_for_timeout(100)
    return len(phone.rows())


def stored_numbers() -> list[int]:
    with reading() as session:
        return sorted(json.loads(answers)["number"] for answers in session.scalars(select(Response.answers)))
