"""POST /api/v1/responses: up to a hundred responses in, one receipt each out."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, request
from msgspec import Raw

from app.domain.device import DeviceClaim
from app.domain.problem import Problem
from app.domain.response import Incoming, Receipt, Status
from app.formats.device_signatures import item_message
from app.formats.sealing import info
from app.formats.wire import (
    Item,
    clear_fields,
    read_answers,
    read_batch,
    read_id,
    read_item,
    read_sealed,
    write_json,
)
from app.services.device_proofs import known_devices, prove_devices
from app.services.ingest import Ingest
from app.services.responses import ingest_batch
from app.transaction import reading, transaction
from app.web.context import context, now
from app.web.errors import TOO_MANY, problem_document
from app.web.limits import BATCHES, address_mac, seconds_to_wait


def add_routes(api: Blueprint) -> None:
    api.add_url_rule("/responses", "receive_responses", receive_responses, methods=["POST"])


def receive_responses() -> Response:
    if request.mimetype != "application/json":
        abort(415)
    if wait := seconds_to_wait(BATCHES):
        raise Problem(TOO_MANY, retry_after=wait)
    ingest = context().ingest
    read = [_read(raw, ingest) for raw in read_batch(request.get_data(cache=False))]
    batch = [item for item in read if isinstance(item, Incoming)]
    if any(incoming.claim for incoming in batch):
        with reading() as session:
            devices = known_devices(session, batch)
        batch = prove_devices(batch, devices)
    receipts: Iterator[Receipt] = iter(())
    if batch:
        with transaction() as session:
            receipts = iter(ingest_batch(session, batch, ingest=ingest, now=now(), address_mac=address_mac()))
    documents = [_document(next(receipts) if isinstance(item, Incoming) else item) for item in read]
    return Response(write_json({"receipts": documents}), content_type="application/json")


def _read(raw: Raw, ingest: Ingest) -> Incoming | Receipt:
    """The response, or the receipt that rejects it; one bad item leaves the others alone."""
    try:
        item = read_item(raw)
        body = _opened(item, ingest)
        return Incoming(
            id=item.id,
            token=ingest.token(item.token),
            survey_version_id=item.survey_version,
            language=item.language,
            claimed_week=item.week,
            stamp=ingest.stamp(item.stamp),
            body=body,
            answers=read_answers(body),
            claim=_claim(item) if item.device is not None else None,
        )
    except Problem as problem:
        return Receipt(read_id(raw), Status.REJECTED, problem=problem)


def _opened(item: Item, ingest: Ingest) -> bytes:
    """The answers as JSON, whether they came plain or sealed."""
    if item.kid is None:
        return bytes(item.body)
    return ingest.sealing.open(item.kid, read_sealed(item), info(clear_fields(item)))


def _claim(item: Item) -> DeviceClaim:
    message = item_message(info(clear_fields(item)), bytes(item.body))
    return DeviceClaim(item.device or "", item.sequence, item.signature, message)


def _document(receipt: Receipt) -> dict[str, object]:
    document: dict[str, object] = {"id": receipt.id, "status": receipt.status}
    if receipt.number is not None:
        document["number"] = receipt.number
    if receipt.problem is not None:
        document["problem"] = problem_document(receipt.problem)
    return document
