"""Responses judged on their way in, on both databases: rules about the day, codes that are not theirs."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.receipt_number import in_groups
from app.domain.responses.response import Status
from app.domain.responses.screening.policy import POLICY_VERSION
from app.domain.weeks import week_of
from app.models import Placement, ReceiptNumber, Response, SurveyVersion, Verdict
from app.transaction import reading, transaction
from tests.factories import add_place, add_placement, add_survey, definition, question
from tests.factories.responses.policies import STRICTER, put_in_force, two_accounts
from tests.services.responses.sending import NOW, Posted, incoming, send, send_form, set_aside_reasons

pytestmark = pytest.mark.both_databases

CAME = definition(
    [
        question("came", "date", constraint=["<=", ["self"], ["today"]]),
        question("waited", "integer", relevant=["=", ["get", "came"], ["today"]]),
    ]
)


@pytest.mark.parametrize("days", [0, 2, 20])
@pytest.mark.parametrize("claims", [True, False])
def test_a_rule_that_asks_for_the_day_is_judged_by_the_day_of_answering(
    app: Flask, database: str, days: int, claims: bool
) -> None:
    with transaction() as session:
        version = add_survey(session, CAME)
        posted = add_placement(session, add_place(session), version), version
    # Opened on Wednesday the 10th, and answered then.
    answers = {"came": "2026-06-10", "waited": 20}
    item = replace(incoming(posted, answers), claimed_week=NOW.date() if claims else None)
    send(item, at=NOW + timedelta(days=days))
    in_its_week = claims or days < 5
    with reading() as session:
        assert json.loads(session.scalars(select(Response.answers)).one()) == (
            answers if in_its_week else {"came": "2026-06-10"}
        )
    assert set_aside_reasons() == []


def test_a_form_without_script_is_judged_by_the_day_on_which_it_was_asked(app: Flask, database: str) -> None:
    with transaction() as session:
        version = add_survey(session, CAME)
        posted = add_placement(session, add_place(session), version), version
    send_form(posted, {"came": "2026-06-10", "waited": 20}, at=NOW + timedelta(days=2))
    with reading() as session:
        assert json.loads(session.scalars(select(Response.answers)).one()) == {"came": "2026-06-10"}


@pytest.mark.parametrize(
    "token",
    [(Channel.POSTER, 1), (Channel.TYPED, 1), (Channel.HANDLE, 0)],
    ids=["key", "key of a typed number", "channel"],
)
def test_only_the_channel_and_key_of_the_placement_are_taken(
    posted: tuple[Placement, SurveyVersion], token: tuple[Channel, int]
) -> None:
    (receipt,) = send(replace(incoming(posted, {"respect": 5}), token=Token(*token, posted[0].id)))
    assert receipt.status is Status.REJECTED
    assert receipt.problem is not None
    assert receipt.problem.code == "token.invalid"


def test_the_number_of_each_stored_answer_is_counted_in_the_week_in_which_it_came(app: Flask, posted: Posted) -> None:
    """A repeated sending, a second body and what is refused count none; what is set aside counts like any other."""
    first, late, empty = (incoming(posted, answers) for answers in ({"overall": 4}, {"overall": 2}, {}))
    told = [receipt.number for receipt in send(first, empty)]
    send(first, replace(first, body=b'{"overall":1}', answers={"overall": 1}))
    send(replace(first, id=uuid4(), token=Token(Channel.POSTER, 0, 1)))
    told += [receipt.number for receipt in send(replace(late, claimed_week=NOW.date()), at=NOW + timedelta(days=7))]
    told.append(send_form(posted, {"overall": 5}))
    with reading() as session:
        rows = session.execute(select(ReceiptNumber.week, ReceiptNumber.number, ReceiptNumber.times)).all()
    weeks = [week_of(NOW), week_of(NOW), week_of(NOW) + timedelta(days=7), week_of(NOW)]
    assert sorted((row.week, in_groups(row.number), row.times) for row in rows) == sorted(
        (week, number, 1) for week, number in zip(weeks, told, strict=True)
    )


def test_a_first_verdict_has_the_number_of_the_policy_of_its_week(app: Flask) -> None:
    """Also of an answer that arrives when another holds."""
    week, next_week = week_of(NOW), week_of(NOW) + timedelta(weeks=1)
    with transaction() as session:
        version, place = add_survey(session), add_place(session)
        posted = add_placement(session, place, version), version
        chosen = put_in_force(session, two_accounts(session, place), STRICTER, next_week)
    answered, late, after = (incoming(posted, {"overall": at}) for at in (3, 4, 5))
    send(answered)
    send(replace(late, claimed_week=week), at=NOW + timedelta(weeks=1))
    send(replace(after, claimed_week=next_week), at=NOW + timedelta(weeks=1))
    with reading() as session:
        numbers = session.execute(select(Verdict.week, Verdict.policy_version)).all()
    assert sorted(map(tuple, numbers)) == [(week, POLICY_VERSION), (week, POLICY_VERSION), (next_week, chosen.number)]
