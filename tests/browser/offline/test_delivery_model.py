"""In any order of answering, failing, closing and coming back, no answer is lost and none counts twice."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from playwright.sync_api import Browser

from tests.browser.actors.delivery_model import delivery_model
from tests.browser.actors.fault_run import SURVEY
from tests.browser.actors.faults import FAULTS, Faults
from tests.browser.conftest import LiveServer

# A hang costs its whole length, so it is left to the long run of `script/bench faults`.
QUICK = tuple(fault for fault in FAULTS if fault != "hang")


@pytest.mark.usefixtures("app")
def test_no_order_of_events_loses_or_doubles_an_answer(browser: Browser, live_server: LiveServer, hang_up: Any) -> None:
    faults = Faults(live_server.app.wsgi_app)
    live_server.app.wsgi_app = faults  # type: ignore[method-assign]
    # The same orders each time: a run that fails can be had again.
    chosen = settings(
        max_examples=4,
        stateful_step_count=30,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(delivery_model(browser, faults, hang_up(SURVEY), QUICK), settings=chosen)
    assert set(faults.met) >= {"reset-after", "truncated", "unavailable", None}, "the chance was too kind"
