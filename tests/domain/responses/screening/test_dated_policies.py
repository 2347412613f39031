from datetime import date, timedelta

from app.domain.responses.screening.dated_policies import (
    BUILT_IN,
    EARLIER,
    NUMBERS,
    DatedPolicy,
    Policies,
    numbers_under,
)
from app.domain.responses.screening.policy import POLICY_VERSION, Policy

FIRST, LATER = (
    DatedPolicy(NUMBERS[0], date(2026, 7, 6), Policy(8, 3, 6)),
    DatedPolicy(NUMBERS[1], date(2026, 8, 3), Policy(6, 4, 7)),
)
WEEK = timedelta(weeks=1)


def test_a_policy_holds_from_its_monday_until_that_of_the_next() -> None:
    policies = Policies([LATER, FIRST])
    assert policies.of(FIRST.since - WEEK) == BUILT_IN
    assert policies.of(FIRST.since) == policies.of(LATER.since - WEEK) == FIRST
    assert policies.of(LATER.since) == policies.of(date(2999, 1, 7)) == policies.newest == LATER


def test_each_is_found_by_its_number_and_those_of_other_rules_hold_no_more() -> None:
    other = DatedPolicy(501, date(2026, 9, 7), Policy(9, 3, 6))
    policies = Policies([FIRST, other])
    assert policies.numbered(POLICY_VERSION) == BUILT_IN
    assert policies.numbered(FIRST.number) == FIRST
    assert policies.numbered(5) is policies.numbered(other.number) is None
    assert policies.numbers == {POLICY_VERSION, FIRST.number}
    assert policies.of(other.since) == FIRST


def test_what_the_last_version_judged_can_be_made_again_and_judges_nothing_more() -> None:
    """Its rules of likeness were the same."""
    chosen = DatedPolicy(numbers_under(EARLIER.number)[0], date(2026, 9, 7), Policy(9, 3, 6))
    policies = Policies([FIRST, chosen])
    assert policies.numbered(EARLIER.number) == EARLIER
    assert policies.numbered(chosen.number) == chosen
    assert policies.numbers.isdisjoint({EARLIER.number, chosen.number})
    assert policies.of(chosen.since) == policies.newest == FIRST


def test_no_chosen_number_is_that_of_a_version_of_the_code() -> None:
    """Of which there were seven so far, and of each at most 99 policies are chosen."""
    assert min(NUMBERS) == POLICY_VERSION * 100 + 1
    assert max(NUMBERS) < (POLICY_VERSION + 1) * 100
