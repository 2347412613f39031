"""Marks as they are stored are those that are made anew of what is stored."""

import hashlib
import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.problem import Problem
from app.domain.record.marks import row_mark, texts_mark
from app.models import Response, Verdict
from app.services.responses.ingest import ingest_batch
from app.services.responses.seals.later_verdicts import write_verdicts
from app.services.responses.seals.row_marks import (
    MARK_KEY,
    MarkedAnswer,
    MarkedVerdict,
    VersionNames,
    mark_answer,
    mark_verdict,
    read_names,
)
from app.services.responses.seals.sealing import seal_portion
from app.services.responses.seals.verification import verify_seals
from app.transaction import reading, transaction
from app.web.context import context
from tests.factories import add_place, add_placement, add_survey
from tests.factories.surveys.surveys import definition, question
from tests.services.responses.sending import NOW, incoming, send

VECTOR = json.loads((Path(__file__).parents[3] / "vectors" / "record.json").read_text("utf-8"))["row"]
KEY = bytes.fromhex(VECTOR["record_key_hex"])
ASKED = definition([question("respect", "scale"), question("why", "text"), question("more", "long_text")])


@pytest.mark.both_databases
@pytest.mark.parametrize("answers", [{"respect": 5}, {"respect": 2, "why": 'देर "हुई"'}, {"respect": 9}, {}], ids=str)
def test_what_ingest_marks_is_what_is_read_again(app: Flask, answers: dict[str, object]) -> None:
    with transaction() as session:
        version = add_survey(session, ASKED)
        posted = add_placement(session, add_place(session), version), version
    send(incoming(posted, answers))
    with reading() as session:
        key, names = session.info[MARK_KEY], read_names(session)
        row, event = session.scalars(select(Response)).one(), session.scalars(select(Verdict)).one()
        stored = MarkedAnswer(*(getattr(row, name) for name in MarkedAnswer._fields))
        judged = MarkedVerdict(*(getattr(event, name) for name in MarkedVerdict._fields))
        made = mark_answer(key, stored, names.places[row.place_id], names.versions[row.survey_version_id])
        assert row.mark == made
        assert event.mark == mark_verdict(key, judged)


def answer(answers: str, broken: str | None = None) -> MarkedAnswer:
    row = VECTOR["row"]
    parts = (row["placement"], row["channel"], row["evidence"], row["language"])
    week = date.fromisoformat(row["week"])
    return MarkedAnswer(UUID(row["id"]), *parts, week, answers, broken, bytes.fromhex(row["digest"]))


def test_a_text_stands_in_the_mark_by_a_mark_of_its_own() -> None:
    """So that it could be taken away, and the answer's mark still be made."""
    place, version = VECTOR["row"]["place"], VersionNames("station-visit", 1, frozenset({"why"}))
    said = mark_answer(KEY, answer('{"respect":2,"why":"देर"}'), place, version)
    assert said != mark_answer(KEY, answer('{"respect":2,"why":"देरी"}'), place, version)
    assert said != mark_answer(KEY, answer('{"respect":2}'), place, version)
    row = VECTOR["row"] | {
        "answers": hashlib.sha256(b'{"respect":2}').hexdigest(),
        "texts": texts_mark(KEY, '{"why":"देर"}'.encode()).hex(),
    }
    assert said == row_mark(KEY, **row)


def test_a_word_that_is_called_like_a_question_is_no_text() -> None:
    version = VersionNames("station-visit", 1, frozenset({"why"}))
    without = version._replace(texts=frozenset())
    for answers in ('{"purpose":"why"}', '["why"]', '"why"', '{"why"', '{"a":' + '["why",' * 3_000):
        assert mark_answer(KEY, answer(answers), "A", version) == mark_answer(KEY, answer(answers), "A", without)
    assert mark_answer(KEY, answer("{}", '{"a":1}'), "A", version) != mark_answer(KEY, answer("{}"), "A", version)


def test_without_a_key_of_the_record_nothing_is_marked_and_nothing_verified(app: Flask) -> None:
    """An installation whose secrets are older than the record."""
    with transaction() as session:
        version = add_survey(session, ASKED)
        posted = add_placement(session, add_place(session), version), version
        session.info[MARK_KEY] = b""
        ingest_batch(session, [incoming(posted, {"respect": 5})], ingest=context().ingest, now=NOW)
        id_ = session.scalars(select(Response.id)).one()
        write_verdicts(session, [MarkedVerdict(id_, 2, "set_aside", "[]", 6, date(2026, 6, 8), None)])
        assert session.scalars(select(Response.mark)).all() == [None]
        assert session.scalars(select(Verdict.mark)).all() == [None, None]
        assert seal_portion(session) == 0
        with pytest.raises(Problem, match=r"seals\.no_key"):
            list(verify_seals(session))
