"""Which policies hold: those that were confirmed, and nothing that merely waits."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.responses.screening.dated_policies import BUILT_IN, NUMBERS
from app.domain.responses.screening.policy import Policy
from app.models import ScreeningPolicy
from app.services.responses.policies.dated import read_policies
from tests.factories import add_place
from tests.factories.responses.policies import REASON, put_in_force, two_accounts

pytestmark = pytest.mark.both_databases
SINCE = date(2026, 7, 6)


def test_without_any_choice_that_of_the_code_holds(any_session: Session) -> None:
    assert read_policies(any_session).all == (BUILT_IN,)


def test_those_that_were_confirmed_hold_one_after_the_other(any_session: Session) -> None:
    two = two_accounts(any_session, add_place(any_session, kind="state"))
    put_in_force(any_session, two, Policy(8, 4, 7), SINCE)
    put_in_force(any_session, two, Policy(6, 3, 6), SINCE + timedelta(weeks=4))
    values = {"fewest_alike": 50, "fewest_written_alike": 20, "least_tail": 12, "reason": REASON}
    any_session.add(ScreeningPolicy(since=SINCE + timedelta(weeks=5), **values, proposed_by=two[0], proposed_on=SINCE))
    any_session.flush()
    policies = read_policies(any_session)
    assert [(one.number, one.values) for one in policies.all[1:]] == [
        (NUMBERS[0], Policy(8, 4, 7)),
        (NUMBERS[1], Policy(6, 3, 6)),
    ]
    assert policies.of(SINCE + timedelta(weeks=9)).number == NUMBERS[1]
