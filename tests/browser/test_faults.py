"""Whatever the network does, the server has each answer once and no phone keeps one that has arrived."""

import json
import random
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from app.models import Response
from app.transaction import reading
from tests.browser.conftest import LiveServer, open_context
from tests.browser.faults import FAULTS, Faults
from tests.browser.phones import DrivenPhone, number_of, stored_ids
from tests.factories.surveys import definition, question

SURVEY = definition([question("number", "integer"), question("respect", "scale")])
SUBMISSIONS = 60
PHONES = 4


@pytest.fixture
def faults(live_server: LiveServer) -> Faults:
    faults = Faults(live_server.app.wsgi_app, seed=5)
    live_server.app.wsgi_app = faults  # type: ignore[method-assign]
    return faults


@pytest.mark.usefixtures("app")
def test_sixty_answers_from_four_phones_survive_every_fault(browser: Browser, faults: Faults, hang_up: Any) -> None:
    address = hang_up(SURVEY)
    contexts = [open_context(browser) for _ in range(PHONES)]
    phones = [DrivenPhone(context.new_page(), address).open() for context in contexts]
    chance = random.Random(5)  # noqa: S311
    faults.happening = FAULTS
    kept = {}
    for number in range(SUBMISSIONS):
        phone = phones[number % PHONES]
        kept[phone.keep({"number": number, "respect": 1 + number % 5})] = number
        if chance.random() < 0.3:
            phone.page.evaluate("dispatchEvent(new Event('online'))")
    faults.happening = (None,)
    for phone in phones:
        until_empty(phone)
    assert stored_ids() == kept.keys()
    assert stored_numbers() == sorted(kept.values())
    receipts = {identifier: number for phone in phones for identifier, number in phone.numbers().items()}
    assert receipts == {identifier: number_of(identifier) for identifier in kept}
    assert set(faults.met) >= {"reset-after", "truncated"}, "the chance was too kind"
    for context in contexts:
        context.close()


def until_empty(phone: DrivenPhone) -> None:
    for _ in range(40):
        phone.flush()
        if not phone.rows():
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError(f"{len(phone.rows())} answers stay on the phone")


def stored_numbers() -> list[int]:
    with reading() as session:
        return sorted(json.loads(answers)["number"] for answers in session.scalars(select(Response.answers)))


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault])
def test_after_each_single_fault_the_answer_is_there_and_arrives_once(
    app: Flask, browser: Browser, faults: Faults, hang_up: Any, fault: str
) -> None:
    with open_context(browser) as context:
        phone = DrivenPhone(context.new_page(), hang_up(SURVEY)).open()
        faults.happening = (fault,)
        identifier = phone.keep({"number": 1})
        phone.flush()
        assert fault in faults.met
        assert [row["id"] for row in phone.rows()] == [identifier]
        assert (stored_ids() == {identifier}) is (fault in ("reset-after", "refused-after", "truncated"))
        faults.happening = (None,)
        until_empty(phone)
        assert stored_ids() == {identifier}
        assert phone.numbers() == {identifier: number_of(identifier)}
