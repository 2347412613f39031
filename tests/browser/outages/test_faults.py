"""Whatever the network does, the server has each answer once and no phone keeps one that has arrived."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.actors.fault_run import SURVEY, Outcome, left_on, run_faults
from tests.browser.actors.faults import FAULTS, Faults
from tests.browser.actors.phones import DrivenPhone, counted_numbers, stored_ids
from tests.browser.actors.walking import open_code
from tests.browser.conftest import open_context

SUBMISSIONS = 60


@pytest.mark.usefixtures("app")
def test_sixty_answers_from_four_phones_survive_every_fault(browser: Browser, faults: Faults, hang_up: Any) -> None:
    outcome = run_faults(browser, faults, hang_up(SURVEY), SUBMISSIONS)
    assert outcome == Outcome(lost=0, doubled=0, invented=0, left_on_phones=0, wrong_receipts=0)
    assert len(stored_ids()) == SUBMISSIONS
    assert set(faults.met) >= {"reset-after", "truncated"}, "the chance was too kind"


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
        assert left_on(phone) == 0
        assert stored_ids() == {identifier}
        assert [*phone.numbers().items()] == [(identifier, *counted_numbers())]


@pytest.mark.usefixtures("app")
def test_of_a_page_that_breaks_off_half_way_the_whole_that_was_kept_is_shown(
    browser: Browser, faults: Faults, hang_up: Any
) -> None:
    address = hang_up(SURVEY)
    with open_context(browser) as context:
        page = context.new_page()
        open_code(page, address)
        whole = page.locator("body").inner_text()
        faults.halved = True
        page.goto(address)
        expect(page.locator("body")).to_have_text(whole, use_inner_text=True)
