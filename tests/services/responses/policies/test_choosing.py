"""Choosing another policy: two accounts, a week of notice, and never a change of what holds."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.problem import Problem, ProblemType
from app.domain.responses.screening.dated_policies import NUMBERS, DatedPolicy
from app.domain.responses.screening.policy import Policy
from app.domain.responses.screening.policy_choice import (
    POLICY_GONE,
    POLICY_LATE,
    POLICY_PROPOSED,
    POLICY_SAME_PERSON,
    POLICY_TOO_MANY,
    POLICY_WRONG,
)
from app.domain.weeks import IST
from app.models import AuditEntry, ScreeningPolicy
from app.services.responses.policies.choosing import (
    confirm_policy,
    confirmed,
    find_proposal,
    open_proposal,
    propose_policy,
    withdraw_policy,
)
from app.services.responses.policies.dated import read_policies
from tests.factories import add_place
from tests.factories.responses.policies import REASON, put_in_force, two_accounts

pytestmark = pytest.mark.both_databases
NOW = datetime(2026, 6, 24, 12, tzinfo=IST)
SINCE = date(2026, 7, 6)
VALUES = Policy(8, 4, 7)


@pytest.fixture
def two(any_session: Session) -> tuple[int, int]:
    return two_accounts(any_session, add_place(any_session, kind="state"))


def propose(session: Session, two: tuple[int, int], values: Policy = VALUES, since: date = SINCE) -> int:
    return propose_policy(session, values, since.isoformat(), REASON, two[0], NOW)


def refused(problem: ProblemType) -> "pytest.RaisesExc[Problem]":
    return pytest.raises(Problem, check=lambda one: one.type is problem)


def test_one_proposes_another_confirms_and_then_it_holds(any_session: Session, two: tuple[int, int]) -> None:
    id_ = propose(any_session, two)
    waiting = find_proposal(any_session, id_)
    assert (waiting.values, waiting.since, waiting.reason, waiting.proposed_by) == (VALUES, SINCE, REASON, "head-0")
    assert read_policies(any_session).newest.values != VALUES
    with refused(POLICY_SAME_PERSON):
        confirm_policy(any_session, id_, two[0], NOW)
    made = confirm_policy(any_session, id_, two[1], NOW + timedelta(days=2))
    assert made == DatedPolicy(NUMBERS[0], SINCE, VALUES) == read_policies(any_session).newest
    assert open_proposal(any_session) is None
    (kept,) = confirmed(any_session)
    assert (kept.proposed_by, kept.confirmed_by) == ("head-0", "head-1")
    assert (kept.number, kept.proposed_on, kept.confirmed_on) == (NUMBERS[0], date(2026, 6, 24), date(2026, 6, 26))


def test_what_was_confirmed_or_taken_back_cannot_be_touched_again(any_session: Session, two: tuple[int, int]) -> None:
    taken_back = propose(any_session, two)
    withdraw_policy(any_session, taken_back, two[1], NOW)
    id_ = propose(any_session, two)
    assert id_ != taken_back
    confirm_policy(any_session, id_, two[1], NOW)
    for gone in (id_, taken_back):
        for act in (confirm_policy, withdraw_policy):
            with refused(POLICY_GONE):
                act(any_session, gone, two[1], NOW)
    actions = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions == ["policy.proposed", "policy.withdrawn", "policy.proposed", "policy.confirmed"]


def test_there_is_one_proposal_at_a_time(any_session: Session, two: tuple[int, int]) -> None:
    propose(any_session, two)
    with refused(POLICY_PROPOSED):
        propose(any_session, two, Policy(9, 3, 6))


def test_without_a_week_of_notice_it_is_not_confirmed(any_session: Session, two: tuple[int, int]) -> None:
    id_ = propose(any_session, two)
    with refused(POLICY_LATE):
        confirm_policy(any_session, id_, two[1], datetime(2026, 6, 29, 0, 0, 1, tzinfo=IST))
    assert find_proposal(any_session, id_).number is None


def test_the_next_one_begins_later_and_gets_the_next_number(any_session: Session, two: tuple[int, int]) -> None:
    put_in_force(any_session, two, VALUES, SINCE)
    with refused(POLICY_WRONG):
        propose(any_session, two, Policy(9, 3, 6), SINCE)
    again = put_in_force(any_session, two, Policy(5, 3, 6), SINCE + timedelta(weeks=1))
    assert again.number == NUMBERS[1]
    assert [one.number for one in confirmed(any_session)] == [NUMBERS[1], NUMBERS[0]]


def test_numbers_end_before_those_of_the_next_rules(any_session: Session, two: tuple[int, int]) -> None:
    put_in_force(any_session, two, VALUES, SINCE)
    any_session.scalars(select(ScreeningPolicy)).one().number = NUMBERS[-1]
    any_session.flush()
    id_ = propose(any_session, two, Policy(9, 3, 6), SINCE + timedelta(weeks=1))
    with refused(POLICY_TOO_MANY):
        confirm_policy(any_session, id_, two[1], NOW)


@pytest.mark.parametrize("column", ["fewest_alike", "fewest_written_alike", "least_tail"])
def test_the_database_keeps_none_that_is_looser_than_measured(
    any_session: Session, two: tuple[int, int], column: str
) -> None:
    row = any_session.get_one(ScreeningPolicy, propose(any_session, two))
    setattr(row, column, 2)
    with pytest.raises(IntegrityError), any_session.begin_nested():
        any_session.flush()
    any_session.expire(row)
