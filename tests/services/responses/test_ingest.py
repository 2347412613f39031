"""Responses judged on their way in, on both databases: forms that were sent twice, codes that are not theirs."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Status
from app.models import Placement, Response, SurveyVersion, Verdict
from app.services.responses.ingest import receive_form
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_survey, definition, question
from tests.services.responses.sending import NOW, SENTENCE, incoming, send

pytestmark = pytest.mark.both_databases


SENDER = b"a" * 16
CAME = definition(
    [
        question("came", "date", constraint=["<=", ["self"], ["today"]]),
        question("waited", "integer", relevant=["=", ["get", "came"], ["today"]]),
    ]
)


def send_form(
    posted: tuple[Placement, SurveyVersion],
    answers: dict[str, Any],
    *,
    mac: bytes | None = SENDER,
    at: datetime = NOW,
    opened: datetime = NOW,
) -> str:
    placement, version = posted
    with transaction() as session:
        return receive_form(
            session,
            token=Token(Channel.POSTER, 0, placement.id),
            stamp_text=context().stamps.sign(Stamp.at(opened, 0, placement.id)),
            survey_version_id=version.id,
            language="hi",
            answers=answers,
            address_mac=mac,
            ingest=context().ingest,
            now=at,
        )


def set_aside_reasons() -> list[list[str]]:
    with reading() as session:
        reasons = session.scalars(select(Verdict.reasons).where(Verdict.verdict == "set_aside"))
        return [json.loads(each) for each in reasons]


def test_a_form_sent_twice_with_the_same_sentence_is_set_aside_once(posted: tuple[Placement, SurveyVersion]) -> None:
    answers = {"respect": 4, "comment": SENTENCE}
    for minutes, mac in ((0, b"a" * 16), (5, b"a" * 16), (5, b"b" * 16), (16, b"a" * 16)):
        send_form(posted, answers, mac=mac, at=NOW + timedelta(minutes=minutes))
    assert set_aside_reasons() == [["repeated"]]


def test_of_eight_taps_at_once_one_counts(app: Flask, posted: tuple[Placement, SurveyVersion]) -> None:
    def tap(_: int) -> None:
        with app.app_context():
            send_form(posted, {"respect": 4, "comment": SENTENCE}, mac=b"a" * 16, at=NOW)

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(tap, range(8)))
    assert set_aside_reasons() == [["repeated"]] * 7


def test_of_two_taps_within_seconds_one_counts_whatever_was_answered(posted: tuple[Placement, SurveyVersion]) -> None:
    for answers in ({"respect": 5}, {"respect": 5, "comment": "अच्छा"}):
        for seconds in (0, 3):
            send_form(posted, answers, at=NOW + timedelta(seconds=seconds))
    assert set_aside_reasons() == [["repeated"]] * 2


def test_two_people_behind_one_address_who_tick_the_same_both_count(posted: tuple[Placement, SurveyVersion]) -> None:
    for seconds in (0, 11):
        send_form(posted, {"respect": 5, "comment": "अच्छा"}, at=NOW + timedelta(seconds=seconds))
    assert set_aside_reasons() == []


@pytest.mark.parametrize(
    "other",
    [{"mac": b"b" * 16}, {"mac": None}, {"opened": NOW - timedelta(hours=1)}, {"answers": {"respect": 4}}],
    ids=["sender", "no address", "page of another hour", "answers"],
)
def test_what_differs_from_the_first_tap_counts(posted: tuple[Placement, SurveyVersion], other: dict[str, Any]) -> None:
    first: dict[str, Any] = {"answers": {"respect": 5}}
    send_form(posted, **first)
    send_form(posted, **first | other)
    assert set_aside_reasons() == []


def test_what_another_poster_was_told_counts(posted: tuple[Placement, SurveyVersion]) -> None:
    placement, version = posted
    with transaction() as session:
        other = add_placement(session, add_place(session), version)
    for poster in (placement, other):
        send_form((poster, version), {"respect": 5})
    assert set_aside_reasons() == []


def test_the_name_of_a_choice_is_no_text(app: Flask, database: str) -> None:
    with transaction() as session:
        long_name = "a_choice_with_a_very_long_name"
        version = add_survey(session, definition([question("one", "select_one", long_name)]))
        posted = add_placement(session, add_place(session), version), version
    for seconds in (0, 60):
        send_form(posted, {"one": long_name}, at=NOW + timedelta(seconds=seconds))
    assert set_aside_reasons() == []


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
