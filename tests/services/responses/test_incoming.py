"""From an item as it travels to a response that can be judged."""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Raw

from app.domain.codes.channel import Channel
from app.domain.responses.response import Incoming, Receipt, Status
from app.services.responses.incoming import read_incoming
from app.web.context import context
from tests.fixtures.outbox import Outbox


def read(item: dict[str, Any]) -> Incoming | Receipt:
    return read_incoming(Raw(json.dumps(item, ensure_ascii=False).encode()), context().ingest)


def test_a_sealed_item_becomes_what_the_plain_one_becomes(outbox: Outbox) -> None:
    plain, sealed = (read(make(id=str(UUID(int=1, version=4)))) for make in (outbox.item, outbox.sealed))
    assert isinstance(plain, Incoming)
    assert isinstance(sealed, Incoming)
    assert plain == replace(sealed, body=plain.body)
    assert json.loads(sealed.body) == json.loads(plain.body) == plain.answers
    assert (plain.token.channel, plain.language, plain.claimed_week) == (Channel.POSTER, "hi", date(2026, 6, 8))


def test_the_receipt_of_format_2_goes_with_the_response_and_not_into_its_body(outbox: Outbox) -> None:
    found = read(outbox.sealed(v=2, receipt="AAECAwQFBgcICQoLDA0ODw"))
    assert isinstance(found, Incoming)
    assert found.receipt == bytes(range(16))
    assert b"AAECAw" not in found.body
    assert b"receipt" not in found.body


def test_an_item_without_a_stamp_of_ours_is_read_without_one(outbox: Outbox) -> None:
    found = read(outbox.item(stamp="not ours"))
    assert isinstance(found, Incoming)
    assert found.stamp is None


def test_what_cannot_be_read_is_answered_by_its_own_number(outbox: Outbox) -> None:
    for change, code in (
        ({"token": "AAAA"}, "token.invalid"),
        ({"body": [1]}, "response.malformed"),
        ({"kid": 9, "body": "x"}, "response.sealing_key_unknown"),
        ({"more": 1}, "response.malformed"),
    ):
        item = outbox.item(**change)
        receipt = read(item)
        assert isinstance(receipt, Receipt)
        assert (receipt.id, receipt.status) == (UUID(item["id"]), Status.REJECTED)
        assert receipt.problem is not None
        assert receipt.problem.code == code
    nameless = read({"id": "none"})
    assert isinstance(nameless, Receipt)
    assert nameless.id is None


def test_what_a_newer_page_wrote_waits_although_its_code_is_not_ours(outbox: Outbox) -> None:
    receipt = read(outbox.item(v=3, token="AAAA", more=1))
    assert isinstance(receipt, Receipt)
    assert receipt.status is Status.LATER


def test_a_device_claims_all_that_travels_with_its_item(outbox: Outbox) -> None:
    item = outbox.item(device="7", sequence=3, signature="s")
    messages = set()
    changes: list[dict[str, Any]] = [{}, {"body": {"overall": 1}}, {"sequence": 4}, {"week": None}, {"signature": "t"}]
    for change in changes:
        found = read({**item, **change})
        assert isinstance(found, Incoming)
        assert found.claim is not None
        assert found.claim.device == "7"
        messages.add(found.claim.message)
    # All but the signature itself are signed.
    assert len(messages) == len(changes) - 1
    unclaimed = read(outbox.item())
    assert isinstance(unclaimed, Incoming)
    assert unclaimed.claim is None
