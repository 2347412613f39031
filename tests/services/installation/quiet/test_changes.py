"""Two accounts decide a quiet period, and two decide that it ends early."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.installation.quiet_period import BY_DEFAULT, QuietChoice
from app.domain.problem import Problem
from app.domain.weeks import IST
from app.models import Account, AuditEntry, Place
from app.services.installation.quiet.changes import (
    confirm_end,
    confirm_quiet,
    enter_quiet,
    propose_end,
    withdraw_end,
    withdraw_quiet,
)
from app.services.installation.quiet_periods import decided_periods
from tests.factories import add_place
from tests.factories.responses.policies import two_accounts

pytestmark = pytest.mark.both_databases
NOW = datetime(2026, 12, 1, 8, tzinfo=IST)
UNTIL = NOW + timedelta(days=8)


@pytest.fixture
def state(any_session: Session) -> Place:
    return add_place(any_session, kind="state")


@pytest.fixture
def two(any_session: Session, state: Place) -> tuple[int, int]:
    return two_accounts(any_session, state)


def enter(session: Session, state: Place, actor_id: int) -> int:
    return enter_quiet(session, QuietChoice("1", NOW, UNTIL, frozenset({state.id}), BY_DEFAULT), actor_id, NOW)


def refused(code: str) -> "pytest.RaisesExc[Problem]":
    return pytest.raises(Problem, check=lambda one: one.code == code)


def test_one_enters_another_confirms_and_then_it_holds(
    any_session: Session, state: Place, two: tuple[int, int]
) -> None:
    id_ = enter(any_session, state, two[0])
    assert decided_periods(any_session) == []
    with refused("quiet.same_person"):
        confirm_quiet(any_session, id_, two[0], NOW)
    confirm_quiet(any_session, id_, two[1], NOW)
    (period,) = decided_periods(any_session)
    assert (period.order, period.starts_at, period.ends_at) == ("1", NOW, UNTIL)
    assert (period.place_ids, period.blocks) == ({state.id}, BY_DEFAULT)
    with refused("quiet.gone"):
        confirm_quiet(any_session, id_, two[1], NOW)
    with refused("quiet.gone"):
        withdraw_quiet(any_session, id_, two[1], NOW)


def test_what_was_taken_back_never_holds(any_session: Session, state: Place, two: tuple[int, int]) -> None:
    id_ = enter(any_session, state, two[0])
    withdraw_quiet(any_session, id_, two[1], NOW)
    for act in (confirm_quiet, withdraw_quiet, propose_end):
        with refused("quiet.gone"):
            act(any_session, id_, two[1], NOW)
    assert decided_periods(any_session) == []


def test_it_ends_early_only_by_two(any_session: Session, state: Place, two: tuple[int, int]) -> None:
    id_ = enter(any_session, state, two[0])
    confirm_quiet(any_session, id_, two[1], NOW)
    with refused("quiet.gone"):
        confirm_end(any_session, id_, two[1], NOW)
    propose_end(any_session, id_, two[0], NOW)
    with refused("quiet.gone"):
        propose_end(any_session, id_, two[1], NOW)
    with refused("quiet.same_person"):
        confirm_end(any_session, id_, two[0], NOW)
    withdraw_end(any_session, id_, two[1], NOW)
    with refused("quiet.gone"):
        confirm_end(any_session, id_, two[1], NOW)
    propose_end(any_session, id_, two[0], NOW)
    later = NOW + timedelta(days=2)
    confirm_end(any_session, id_, two[1], later)
    assert decided_periods(any_session)[0].ends_at == later
    with refused("quiet.over"):
        propose_end(any_session, id_, two[0], later)
    actions = any_session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
    assert actions == [
        "quiet.entered",
        "quiet.confirmed",
        "quiet.end_proposed",
        "quiet.end_withdrawn",
        "quiet.end_proposed",
        "quiet.ended",
    ]


def test_what_is_over_is_neither_confirmed_nor_ended(any_session: Session, state: Place, two: tuple[int, int]) -> None:
    waiting, decided = enter(any_session, state, two[0]), enter(any_session, state, two[0])
    confirm_quiet(any_session, decided, two[1], NOW)
    with refused("quiet.over"):
        confirm_quiet(any_session, waiting, two[1], UNTIL)
    with refused("quiet.over"):
        propose_end(any_session, decided, two[1], UNTIL)


def test_of_what_is_not_there_nothing_is_decided(any_session: Session, two: tuple[int, int]) -> None:
    for act in (confirm_quiet, withdraw_quiet, propose_end, withdraw_end, confirm_end):
        with refused("quiet.unknown"):
            act(any_session, 4711, two[0], NOW)


def test_a_place_that_is_not_there_is_refused(any_session: Session, two: tuple[int, int]) -> None:
    with refused("place.unknown"):
        enter_quiet(any_session, QuietChoice("1", NOW, UNTIL, frozenset({4711}), BY_DEFAULT), two[0], NOW)


def test_an_account_that_was_switched_off_meanwhile_decides_nothing(
    any_session: Session, state: Place, two: tuple[int, int]
) -> None:
    id_ = enter(any_session, state, two[0])
    any_session.get_one(Account, two[1]).disabled_at = NOW
    with refused("account.not_allowed"):
        confirm_quiet(any_session, id_, two[1], NOW)
