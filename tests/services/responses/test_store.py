"""Storing responses, on both databases: once each, whoever races; hostile content; all that is written beside them."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.domain.codes.stamp import Stamp
from app.domain.responses.response import Receipt, Status
from app.models import Arrival, Placement, Response, SurveyVersion, TallyMark, Verdict
from app.services.responses.ingest import ingest_batch
from app.services.responses.marks import read_ids
from app.transaction import reading, transaction
from app.web.context import context
from tests.services.responses.sending import NOW, SENTENCE, incoming, send

pytestmark = pytest.mark.both_databases


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


def rows(model: type) -> list[Any]:
    with reading() as session:
        return list(session.scalars(select(model)))


def test_what_is_new_is_stored_with_its_verdict_its_arrival_and_a_mark(posted: tuple[Placement, SurveyVersion]) -> None:
    placement, version = posted
    good, empty = incoming(posted, {"respect": 4}), incoming(posted, {})
    with transaction() as session:
        ingest_batch(session, [good, empty], ingest=context().ingest, now=NOW, address_mac=b"m" * 16)
    verdicts = {row.response_id: (row.sequence, row.verdict, row.reasons, row.week) for row in rows(Verdict)}
    week = date(2026, 6, 8)
    assert verdicts == {good.id: (1, "counted", "[]", week), empty.id: (1, "set_aside", '["empty"]', week)}
    arrived = {
        row.response_id: (row.arrived_at, row.placement_id, row.address_mac, row.body_digest) for row in rows(Arrival)
    }
    assert arrived == {item.id: (NOW, placement.id, b"m" * 16, item.digest) for item in (good, empty)}
    (mark,) = rows(TallyMark)
    cell = (mark.place_id, mark.survey_version_id, mark.week, mark.channel)
    assert cell == (placement.place_id, version.id, week, "poster")
    # In their own order, which is not that of arrival.
    assert read_ids(mark.responses) == sorted((good.id, empty.id))


def test_what_was_there_leaves_nothing_more_beside_it(posted: tuple[Placement, SurveyVersion]) -> None:
    old, new = (incoming(posted, {"respect": number}) for number in (4, 5))
    send(old)
    with transaction() as session:
        session.execute(delete(TallyMark))
    send(old)
    assert rows(TallyMark) == []
    send(old, new)
    assert [len(rows(model)) for model in (Response, Verdict, Arrival, TallyMark)] == [2, 2, 2, 1]


def test_the_week_and_language_of_an_answer_are_its_own(posted: tuple[Placement, SurveyVersion]) -> None:
    early = replace(incoming(posted, {"respect": 4}), claimed_week=date(2026, 6, 3), language="en")
    early = replace(early, stamp=Stamp.at(NOW - timedelta(days=8), 0, posted[0].id))
    send(early, incoming(posted, {"respect": 4}))
    found = sorted((row.week, row.language, row.channel, row.evidence) for row in rows(Response))
    assert found == [(date(2026, 6, 1), "en", "poster", "open"), (date(2026, 6, 8), "hi", "poster", "open")]
    assert sorted(row.week for row in rows(TallyMark)) == [date(2026, 6, 1), date(2026, 6, 8)]
