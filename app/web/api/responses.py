"""POST /api/v1/responses: up to a hundred responses in, one receipt each out."""

from flask import Response, abort, request

from app.domain.problem import Problem
from app.domain.responses.response import Receipt
from app.formats.canonical_json import write_json
from app.formats.wire.responses import read_batch
from app.web.context import context, now
from app.web.errors import TOO_MANY, problem_document
from app.web.limits import BATCHES, address_mac, seconds_to_wait
from app.web.views import at
from app.web.watching import note_receipts
from app.workflows.responses import receive_batch


@at("/responses", "POST")
def receive_responses() -> Response:
    if request.mimetype != "application/json":
        abort(415)
    if wait := seconds_to_wait(BATCHES):
        raise Problem(TOO_MANY, retry_after=wait)
    items = read_batch(request.get_data(cache=False))
    receipts = receive_batch(items, ingest=context().ingest, now=now(), address_mac=address_mac())
    note_receipts(receipt.status for receipt in receipts)
    return Response(write_json({"receipts": list(map(_document, receipts))}), content_type="application/json")


def _document(receipt: Receipt) -> dict[str, object]:
    document: dict[str, object] = {"id": receipt.id, "status": receipt.status}
    if receipt.number is not None:
        document["number"] = receipt.number
    if receipt.problem is not None:
        document["problem"] = problem_document(receipt.problem)
    return document
