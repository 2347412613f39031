"""Responses in, receipts out: one for each in their order, and what is stored stays stored."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec import Raw
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.domain.responses.response import BATCH_LIMIT, Status
from app.models import AuditEntry, Response
from app.transaction import reading
from app.web.context import context
from app.workflows.responses import ImportedResponses, import_responses, receive_batch
from tests.fixtures.faults import failing_commit
from tests.fixtures.outbox import ANSWERS, count
from tests.fixtures.tablets import Phone, add_phone

NOW = datetime(2026, 6, 10, 6, 30, tzinfo=UTC)


@pytest.fixture
def phone(app: Flask, client: FlaskClient) -> Phone:
    return add_phone(client)


def take(items: list[dict[str, object]]) -> ImportedResponses:
    content = json.dumps({"responses": items}).encode()
    return import_responses(content, ingest=context().ingest, actor_id=None, now=NOW)


def test_what_is_broken_has_its_receipt_among_the_others(phone: Phone) -> None:
    items = [phone.sealed(ANSWERS), {"v": 1}, phone.sealed(ANSWERS)]
    raws = [Raw(json.dumps(item).encode()) for item in items]
    receipts = receive_batch(raws, ingest=context().ingest, now=NOW)
    assert [receipt.status for receipt in receipts] == [Status.STORED, Status.REJECTED, Status.STORED]
    assert [str(receipts[at].id) for at in (0, 2)] == [items[0]["id"], items[2]["id"]]


def test_of_a_file_that_fails_in_the_middle_the_beginning_stays_and_the_rest_comes_again(phone: Phone) -> None:
    items = [phone.sealed(ANSWERS) for _ in range(BATCH_LIMIT + 5)]
    with failing_commit(2), pytest.raises(OperationalError):
        take(items)
    assert count(Response) == BATCH_LIMIT
    again = take(items)
    assert again.is_whole
    assert again.counts == {Status.DUPLICATE: BATCH_LIMIT, Status.STORED: 5}
    with reading() as session:
        entries = session.scalars(select(AuditEntry.details).where(AuditEntry.action == "responses.imported")).all()
    assert [json.loads(details) for details in entries] == [{"duplicate": BATCH_LIMIT, "stored": 5}]
