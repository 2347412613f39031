"""Signing keys: a further one, and what cutting off a leaked one would end, on both databases."""

import json
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.models import AuditEntry, Place, Placement, Redemption, Serial, SigningKey, SurveyVersion
from app.services.installation.signing_keys import add_signing_key, cut_off, plan_cut_off, record_signing_keys
from tests.factories import add_place, add_placement, add_responses, add_survey

NOW = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)
TODAY = date(2026, 6, 10)
YESTERDAY = date(2026, 6, 9)
MONDAY = date(2026, 6, 8)


def test_a_number_is_never_given_twice_even_if_its_key_was_lost(session: Session) -> None:
    assert add_signing_key(session, [0], NOW) == 1
    assert add_signing_key(session, [0], NOW) == 2
    assert session.scalars(select(SigningKey.id).order_by(SigningKey.id)).all() == [0, 1, 2]


def test_after_the_last_number_there_is_no_further_key(session: Session) -> None:
    assert add_signing_key(session, [254], NOW) == 255
    with pytest.raises(Problem, match=r"keys\.signing_used_up"):
        add_signing_key(session, [254, 255], NOW)


def add_codes(session: Session, key_id: int, version: SurveyVersion) -> dict[str, Placement]:
    """Two posters of one station, a batch of slips of another, and codes that are good no more, under this key."""
    here, there = add_place(session), add_place(session)
    return {
        "gate": add_placement(session, here, version, key_id=key_id, expires_on=TODAY),
        "hall": add_placement(session, here, version, key_id=key_id, hung_at="हॉल"),
        "slips": add_placement(session, there, version, key_id=key_id, channel=Channel.SLIP),
        "expired": add_placement(session, add_place(session), version, key_id=key_id, expires_on=YESTERDAY),
        "retired": add_placement(session, add_place(session), version, key_id=key_id, retired_at=NOW),
    }


def add_slips(session: Session, placement: Placement) -> None:
    """Six slips: one was used, two were cancelled."""
    marks = [secrets.token_bytes(16) for _ in range(6)]
    cancelled = dict.fromkeys(marks[1:3], YESTERDAY)
    session.add_all(
        Serial(mark=mark, placement_id=placement.id, pack=1, cancelled_on=cancelled.get(mark)) for mark in marks
    )
    session.flush()
    session.add(Redemption(mark=marks[0]))
    session.flush()


def test_a_plan_tells_what_is_under_the_key_and_nothing_under_another(any_session: Session) -> None:
    version = add_survey(any_session)
    for key_id in (0, 1):
        codes = add_codes(any_session, key_id, version)
        add_slips(any_session, codes["slips"])
        add_slips(any_session, codes["retired"])
        place = any_session.get_one(Place, codes["gate"].place_id)
        for week, number in ((MONDAY - timedelta(weeks=1), 4), (MONDAY, 3), (MONDAY + timedelta(weeks=1), 2)):
            add_responses(any_session, place, version, week, [{"overall": 4}] * number)
    plan = plan_cut_off(any_session, 0, YESTERDAY, newest=1, now=NOW)
    assert (plan.placements, plan.places, plan.serials) == ({Channel.POSTER: 2, Channel.SLIP: 1}, 2, 3)
    # Yesterday's week began on Monday, and a response knows no more than its week.
    assert plan.responses == {MONDAY: 3, MONDAY + timedelta(weeks=1): 2}


def test_a_plan_is_refused_for_the_key_in_use_an_unknown_one_and_a_day_to_come(session: Session) -> None:
    record_signing_keys(session, [0, 1], TODAY)
    for key_id, since, code in (
        (1, TODAY, "keys.newest"),
        (2, TODAY, "keys.unknown"),
        (0, TODAY + timedelta(days=1), "keys.cut_off_later"),
    ):
        with pytest.raises(Problem) as refused:
            plan_cut_off(session, key_id, since, newest=1, now=NOW)
        assert refused.value.code == code


def test_a_cut_off_moves_to_earlier_days_only_and_each_is_recorded(session: Session) -> None:
    record_signing_keys(session, [0, 1], MONDAY)
    cut_off(session, plan_cut_off(session, 0, YESTERDAY, newest=1, now=NOW), NOW)
    plan = plan_cut_off(session, 0, MONDAY, newest=1, now=NOW)
    assert plan.before == YESTERDAY
    cut_off(session, plan, NOW)
    with pytest.raises(Problem, match=r"keys\.cut_off_moved"):
        plan_cut_off(session, 0, MONDAY, newest=1, now=NOW)
    ends = {key.id: key.cut_off_on for key in session.scalars(select(SigningKey))}
    assert ends == {0: MONDAY, 1: None}
    details = [json.loads(text) for text in session.scalars(select(AuditEntry.details).order_by(AuditEntry.sequence))]
    assert details == [
        {"since": "2026-06-09", "before": None},
        {"since": "2026-06-08", "before": "2026-06-09"},
    ]
