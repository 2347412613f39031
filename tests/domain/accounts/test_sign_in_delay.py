from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts.sign_in_delay import (
    ACCOUNT,
    ADDRESS,
    KNOWN_BROWSER,
    SECOND_FACTOR,
    DelayRule,
    Failures,
)
from app.domain.clocks import CLOCKS_APART

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


@RULES
@given(
    failures=st.integers(min_value=0, max_value=10**6),
    ahead=st.timedeltas(-timedelta(days=900), timedelta(days=900)),
)
def test_no_wait_is_longer_than_its_rule_whatever_was_stored(rule: DelayRule, failures: int, ahead: timedelta) -> None:
    kept = Failures(failures, NOW + ahead)
    assert timedelta() <= kept.wait(rule, NOW) <= rule.after(failures)
    # And it ends: told to wait, one is let in after that, but for what two clocks may differ.
    if told := kept.wait(rule, NOW):
        assert kept.wait(rule, NOW + told + CLOCKS_APART) == timedelta()


@RULES
def test_what_a_clock_that_was_a_year_ahead_wrote_keeps_nobody_out(rule: DelayRule) -> None:
    then = NOW + timedelta(days=399)
    tired = Failures(rule.free + 9, then).one_more(rule, then)
    assert tired.wait(rule, then) > timedelta()
    assert tired.wait(rule, NOW) == timedelta()
    # What was counted stays counted: the next failure makes wait as it would have.
    assert tired.one_more(rule, NOW).wait(rule, NOW) == rule.after(tired.count + 1)


def test_two_machines_whose_clocks_differ_a_little_make_wait_alike() -> None:
    tired = Failures(3, NOW).one_more(ACCOUNT, NOW + timedelta(seconds=1))
    assert tired.wait(ACCOUNT, NOW) == ACCOUNT.first
