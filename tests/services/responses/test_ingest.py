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
from app.models import Placement, SurveyVersion, Verdict
from app.services.responses.ingest import receive_form
from app.transaction import reading, transaction
from app.web.context import context
from tests.services.responses.sending import NOW, SENTENCE, incoming, send

pytestmark = pytest.mark.both_databases


def send_form(posted: tuple[Placement, SurveyVersion], answers: dict[str, Any], *, mac: bytes, at: datetime) -> str:
    placement, version = posted
    with transaction() as session:
        return receive_form(
            session,
            token=Token(Channel.POSTER, 0, placement.id),
            stamp_text=context().stamps.sign(Stamp.at(NOW, 0, placement.id)),
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


def test_two_people_behind_one_address_who_tick_the_same_both_count(posted: tuple[Placement, SurveyVersion]) -> None:
    for _ in range(2):
        send_form(posted, {"respect": 5, "comment": "अच्छा"}, mac=b"a" * 16, at=NOW)
    assert set_aside_reasons() == []


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
