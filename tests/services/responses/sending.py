"""Responses to one poster, as its page would send them."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming, Receipt
from app.formats.canonical_json import write_json
from app.models import Placement, SurveyVersion, Verdict
from app.services.responses.ingest import ingest_batch, receive_form
from app.transaction import reading, transaction
from app.web.context import context

NOW = datetime(2026, 6, 10, 6, tzinfo=UTC)
SENTENCE = "मेरी बात ध्यान से सुनी गई और समय पर काम हुआ।"
SENDER = b"a" * 16
#: a placement, and the version that it asks
Posted = tuple[Placement, SurveyVersion]


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


def send(*batch: Incoming, at: datetime = NOW) -> list[Receipt]:
    with transaction() as session:
        return ingest_batch(session, batch, ingest=context().ingest, now=at)


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


def sent_at_once(app: Flask, clients: int, make: Callable[[], Incoming], at: datetime = NOW) -> list[Receipt]:
    """What so many clients get who send one response each, all at the same moment."""
    start = Barrier(clients)

    def one(_: int) -> Receipt:
        with app.app_context():
            mine = make()
            start.wait()
            (receipt,) = send(mine, at=at)
            return receipt

    with ThreadPoolExecutor(max_workers=clients) as pool:
        return list(pool.map(one, range(clients)))
