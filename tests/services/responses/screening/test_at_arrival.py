"""The first verdict of each answer is made anew from what was found in it; what does not follow is named."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from app.domain.responses.reason import Reason
from app.domain.responses.screening.likeness import Rule
from app.domain.responses.screening.policy import POLICY_VERSION, reasons_at_arrival
from app.models import Finding, Placement, SurveyVersion, Verdict
from app.services.responses.policies.dated import read_policies
from app.services.responses.screening.at_arrival import FirstVerdicts, verify_first_verdicts
from app.transaction import reading, transaction
from tests.services.responses.sending import NOW, incoming, send

pytestmark = pytest.mark.both_databases


@pytest.fixture
def sent(app: Flask, posted: tuple[Placement, SurveyVersion]) -> None:
    """Three that count, and one that came late and said nothing."""
    late = incoming(posted, {})
    send(*(incoming(posted, {"respect": 5}) for _ in range(3)))
    send(late, at=NOW + timedelta(days=40))


def verified() -> FirstVerdicts:
    with reading() as session:
        return verify_first_verdicts(session, read_policies(session))


def test_what_arrives_keeps_what_was_found_in_it_and_no_minute(sent: None) -> None:
    with reading() as session:
        verdict = session.scalars(select(Verdict).where(Verdict.verdict == "set_aside")).one()
        found = session.execute(select(Finding.rule, Finding.week).order_by(Finding.rule)).all()
    assert json.loads(verdict.reasons) == ["late", "empty"]
    assert [tuple(one) for one in found] == [("empty", verdict.week), ("late", verdict.week)]
    assert verified() == FirstVerdicts(1, 0, [])


def test_a_verdict_of_which_nothing_was_found_is_named(sent: None) -> None:
    with transaction() as session:
        session.execute(delete(Finding))
    (fault,) = verified().faults
    assert fault.endswith("was set aside at arrival, and nothing was found")


@pytest.mark.parametrize(
    "other", [{"reasons": '["late"]'}, {"reasons": '["empty","late"]'}, {"reasons": "[["}, {"reasons": "[]"}]
)
def test_other_reasons_than_were_found_are_named(sent: None, other: dict[str, str]) -> None:
    with transaction() as session:
        session.execute(update(Verdict).where(Verdict.verdict == "set_aside").values(**other))
    (fault,) = verified().faults
    assert fault.endswith("was set aside at arrival for something else than was found")


def test_a_finding_that_no_version_knows_is_named(sent: None) -> None:
    with transaction() as session:
        session.execute(update(Finding).where(Finding.rule == "late").values(rule="unlucky"))
    (fault,) = verified().faults
    assert fault.endswith("was set aside at arrival for something else than was found")


def test_what_was_found_and_counted_all_the_same_is_named_once(sent: None) -> None:
    with transaction() as session:
        flipped = {"verdict": "counted", "reasons": "[]"}
        session.execute(update(Verdict).where(Verdict.verdict == "set_aside").values(**flipped))
    (fault,) = verified().faults
    assert fault.endswith("was counted at arrival, and what was found sets it aside")


def test_earlier_verdicts_are_taken_as_they_are_and_counted(sent: None) -> None:
    with transaction() as session:
        session.execute(update(Verdict).values(policy_version=POLICY_VERSION - 1))
        session.execute(delete(Finding))
    assert verified() == FirstVerdicts(0, 4, [])


def test_what_is_found_of_others_is_none_of_this(sent: None) -> None:
    with transaction() as session:
        counted = session.scalars(select(Verdict.response_id).where(Verdict.verdict == "counted")).all()
        fact = {"rule": Rule.LONG.value, "alike": 9, "expected_tenths": 1, "tail": 9, "week": NOW.date()}
        session.execute(insert(Finding), [{"response_id": id_, **fact} for id_ in counted])
    assert verified().faults == []


@given(st.lists(st.sampled_from(sorted(Reason))))
def test_the_same_findings_give_the_same_reasons_in_whatever_order_they_are_read(found: list[Reason]) -> None:
    assert reasons_at_arrival(found) == reasons_at_arrival(reversed(found))
    assert set(reasons_at_arrival(found)) == set(found)


def test_no_reason_bears_the_name_of_a_rule_of_likeness() -> None:
    assert {reason.value for reason in Reason}.isdisjoint(Rule)
