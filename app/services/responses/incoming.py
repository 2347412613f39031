"""From an item as it travels to a response that can be judged: opened, and its token verified."""

from msgspec import Raw

from app.domain.problem import Problem
from app.domain.responses.device_claim import DeviceClaim
from app.domain.responses.response import RESPONSE_VERSION, Incoming, Receipt, Status
from app.formats.crypto.device_signatures import item_message
from app.formats.crypto.sealing import from_text, info
from app.formats.wire.responses import Item, clear_fields, read_answers, read_id, read_item, read_sealed
from app.services.responses.ingest_context import IngestContext


def read_incoming(raw: Raw, ingest: IngestContext) -> Incoming | Receipt:
    """The response, or the receipt of what is not taken in; one bad item leaves the others alone."""
    try:
        item = read_item(raw)
        body = _opened(item, ingest)
        return Incoming(
            id=item.id,
            token=ingest.codes.token(item.token),
            survey_version_id=item.survey_version,
            language=item.language,
            claimed_week=item.week,
            stamp=ingest.codes.stamp(item.stamp),
            body=body,
            answers=read_answers(body),
            claim=_claim(item) if item.device is not None else None,
            receipt=None if item.receipt is None else from_text(item.receipt),
        )
    except Problem as problem:
        # A page that is newer than this server made it, as after a way back: it waits until the server follows.
        status = Status.LATER if problem.type is RESPONSE_VERSION else Status.REJECTED
        return Receipt(read_id(raw), status, problem=problem)


def _opened(item: Item, ingest: IngestContext) -> bytes:
    """The answers as JSON, whether they came plain or sealed."""
    if item.kid is None:
        return bytes(item.body)
    return ingest.sealing.open(item.kid, read_sealed(item), info(clear_fields(item)))


def _claim(item: Item) -> DeviceClaim:
    message = item_message(info(clear_fields(item)), bytes(item.body))
    return DeviceClaim(item.device or "", item.sequence, item.signature, message)
