from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts.sign_in_delay import ACCOUNT, ADDRESS, KNOWN_BROWSER, SECOND_FACTOR, DelayRule, Failures

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
RULES = pytest.mark.parametrize("rule", [ACCOUNT, ADDRESS, KNOWN_BROWSER, SECOND_FACTOR])


@RULES
@given(failures=st.integers(min_value=0, max_value=10**9))
def test_the_wait_grows_and_never_becomes_a_lock(rule: DelayRule, failures: int) -> None:
    wait, next_wait = rule.after(failures), rule.after(failures + 1)
    assert timedelta() <= wait <= next_wait <= rule.longest <= timedelta(minutes=15)


@RULES
def test_the_first_mistakes_cost_nothing(rule: DelayRule) -> None:
    assert rule.after(rule.free) == timedelta()
    assert rule.after(rule.free + 1) == rule.first


@RULES
def test_two_failures_of_any_run_are_steps(rule: DelayRule) -> None:
    steps = [failures for failures in range(200) if rule.is_step(failures)]
    assert steps[0] == rule.free + 1
    assert rule.after(steps[1] - 1) < rule.after(steps[1]) == rule.longest
    assert len(steps) == 2


def test_what_anybody_can_cause_stays_short() -> None:
    assert ACCOUNT.longest <= timedelta(minutes=1)
    assert ADDRESS.longest <= timedelta(minutes=1)


def test_failures_are_forgotten_after_a_day() -> None:
    tired = Failures(50, NOW)
    assert tired.one_more(ACCOUNT, NOW).count == 51
    assert tired.one_more(ACCOUNT, NOW + timedelta(hours=25)).count == 1
