"""What is kept about answers, and that it tells no time."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.domain.responses.screening.likeness import Fact, Rule
from app.domain.weeks import IST
from app.models import Finding
from app.services.responses.screening.findings import facts_of, keep_facts, lately_found, mark_unscreened
from tests.factories import add_place, add_responses, add_survey
from tests.factories.responses.alike import arrive
from tests.services.responses.shuffling.answered import WEEK

pytestmark = pytest.mark.both_databases
CAME = datetime(2026, 6, 9, 11, tzinfo=IST)


def test_what_the_same_rule_finds_later_takes_its_place(any_session: Session) -> None:
    one, other = add_responses(any_session, add_place(any_session), add_survey(any_session), WEEK, [{}] * 2)
    keep_facts(any_session, {one: [Fact(Rule.SHORT, 6, 12, 4)], other: [Fact(Rule.LONG, 9, 20, 6)]}, WEEK)
    keep_facts(any_session, {other: [Fact(Rule.LONG, 12, 21, 7)]}, WEEK + timedelta(weeks=1))
    assert facts_of(any_session, [one, other, uuid4()]) == {
        one: [Fact(Rule.SHORT, 6, 12, 4)],
        other: [Fact(Rule.LONG, 12, 21, 7)],
    }


def test_what_chance_makes_once_in_a_hundred_times_is_not_kept(any_session: Session) -> None:
    (one,) = add_responses(any_session, add_place(any_session), add_survey(any_session), WEEK, [{}])
    keep_facts(any_session, {one: [Fact(Rule.LONG, 4, 20, 2)]}, WEEK)
    keep_facts(any_session, {one: [Fact(Rule.LONG, 4, 20, 1)]}, WEEK)
    assert facts_of(any_session, [one]) == {}


def test_an_answer_that_nobody_has_screened_is_marked_when_its_minute_goes(any_session: Session) -> None:
    early, late = add_responses(any_session, add_place(any_session), add_survey(any_session), WEEK, [{}] * 2)
    arrive(any_session, [early, late], CAME, timedelta(hours=2))
    mark_unscreened(any_session, CAME + timedelta(hours=1), WEEK)
    assert any_session.execute(select(Finding.response_id, Finding.rule)).all() == [(early, "missed")]
    assert lately_found(any_session) == [early]


def test_facts_hold_nothing_finer_than_a_week(any_session: Session) -> None:
    kinds = {one["name"]: str(one["type"]) for one in inspect(any_session.connection()).get_columns("finding")}
    assert kinds.keys() == {"response_id", "rule", "alike", "expected_tenths", "tail", "week"}
    assert kinds["week"] == "DATE"
    weeks = any_session.scalars(select(Finding.week)).all()
    assert all(week.weekday() == 0 for week in weeks)
