"""Storing responses, on both databases: once each, whoever races; repeated forms; hostile content."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming, Receipt, Status
from app.formats.wire.responses import write_json
from app.models import Placement, Response, SurveyVersion, Verdict
from app.services.responses.ingest import ingest_batch, receive_form
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_survey

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 6, 10, 6, tzinfo=UTC)
SENTENCE = "मेरी बात ध्यान से सुनी गई और समय पर काम हुआ।"


@pytest.fixture
def posted(app: Flask, database: str) -> tuple[Placement, SurveyVersion]:
    with transaction() as session:
        version = add_survey(session)
        return add_placement(session, add_place(session), version), version


def incoming(posted: tuple[Placement, SurveyVersion], answers: dict[str, Any], id_: UUID | None = None) -> Incoming:
    placement, version = posted
    return Incoming(
        id=id_ or uuid4(),
        token=Token(Channel.POSTER, 0, placement.id),
        survey_version_id=version.id,
        language="hi",
        claimed_week=None,
        stamp=Stamp.at(NOW, 0, placement.id),
        body=write_json(answers),
        answers=answers,
    )


def send(*batch: Incoming) -> list[Receipt]:
    with transaction() as session:
        return ingest_batch(session, batch, ingest=context().ingest, now=NOW)


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
        ).number


def set_aside_reasons() -> list[list[str]]:
    with reading() as session:
        reasons = session.scalars(select(Verdict.reasons).where(Verdict.verdict == "set_aside"))
        return [json.loads(each) for each in reasons]


def test_twenty_senders_of_the_same_hundred_store_each_once(
    app: Flask, posted: tuple[Placement, SurveyVersion]
) -> None:
    batch = [incoming(posted, {"respect": 1 + at % 5}) for at in range(100)]

    def race(_: int) -> list[Receipt]:
        with app.app_context():
            return send(*batch)

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(race, range(20)))
    for column in zip(*answers, strict=True):
        statuses = [receipt.status for receipt in column]
        assert statuses.count(Status.STORED) == 1
        assert statuses.count(Status.DUPLICATE) == 19
        assert len({receipt.number for receipt in column}) == 1
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 100
        assert session.scalar(select(func.count()).select_from(Verdict)) == 100


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


def test_a_batch_that_fails_in_the_middle_leaves_nothing(posted: tuple[Placement, SurveyVersion]) -> None:
    def fail() -> None:
        with transaction() as session:
            ingest_batch(session, [incoming(posted, {"respect": 5})], ingest=context().ingest, now=NOW)
            raise RuntimeError("the machine stops")

    with pytest.raises(RuntimeError):
        fail()
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 0


def naughty_strings() -> list[str]:
    default = Path(__file__).resolve().parents[4] / "shared" / "data"
    listed = Path(os.environ.get("SAMVAD_SHARED_DATA", default)) / "blns.json"
    own = ["\x00", "a\x00b", "\u202e" + SENTENCE, "=1+1", "'; DROP TABLE response; --", "क" + "\u0301" * 500, "\ufffe"]
    return own + (json.loads(listed.read_text("utf-8")) if listed.exists() else [])


def test_hostile_strings_are_stored_unharmed_and_harm_nothing(posted: tuple[Placement, SurveyVersion]) -> None:
    sent = [incoming(posted, {"comment": text, "respect": 3}) for text in naughty_strings()]
    receipts = [receipt for start in range(0, len(sent), 100) for receipt in send(*sent[start : start + 100])]
    assert {receipt.status for receipt in receipts} == {Status.STORED}
    with reading() as session:
        kept = {row.id: json.loads(row.answers) for row in session.scalars(select(Response))}
    assert len(kept) == len(sent)
    assert all(answers["respect"] == 3 for answers in kept.values())
    injection = next(item for item in sent if "DROP TABLE response" in str(item.answers["comment"]))
    assert kept[injection.id]["comment"] == injection.answers["comment"]


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
