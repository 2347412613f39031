"""Responses in, receipts out, whichever way they came: by the sync API, or in a file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec import Raw

from app.domain.responses.response import BATCH_LIMIT, Incoming, Receipt, Status
from app.formats.wire.response_files import read_response_file
from app.services.devices.proofs import known_devices, prove_devices
from app.services.record.audit import record
from app.services.responses.incoming import read_incoming
from app.services.responses.ingest import ingest_batch
from app.services.responses.ingest_context import IngestContext
from app.transaction import reading, transaction


@dataclass(frozen=True, slots=True)
class ImportedResponses:
    """One receipt for each item of a file, in their order. What was stored stays stored if a later one fails."""

    receipts: tuple[Receipt, ...]
    broken_off: bool

    @property
    def counts(self) -> Counter[Status]:
        return Counter(receipt.status for receipt in self.receipts)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was in the file is on the server now."""
        taken = {Status.STORED, Status.DUPLICATE}
        return not self.broken_off and all(receipt.status in taken for receipt in self.receipts)


def receive_batch(
    items: Sequence[Raw], *, ingest: IngestContext, now: datetime, address_mac: bytes | None = None
) -> list[Receipt]:
    """One receipt for each. Opening seals and checking signatures is done before the write lock is taken."""
    read = [read_incoming(raw, ingest) for raw in items]
    batch = [item for item in read if isinstance(item, Incoming)]
    if any(incoming.claim for incoming in batch):
        with reading() as session:
            devices = known_devices(session, batch)
        batch = prove_devices(batch, devices)
    receipts: Iterator[Receipt] = iter(())
    if batch:
        with transaction() as session:
            receipts = iter(ingest_batch(session, batch, ingest=ingest, now=now, address_mac=address_mac))
    return [next(receipts) if isinstance(item, Incoming) else item for item in read]


def import_responses(
    content: bytes, *, ingest: IngestContext, actor_id: int | None, now: datetime
) -> ImportedResponses:
    """Take in a file that a phone saved, a hundred at a time; doing it again changes nothing.

    The audit is told how many were taken. Problem `batch.malformed` for what is no such file.
    """
    file = read_response_file(content)
    receipts: list[Receipt] = []
    for start in range(0, len(file.items), BATCH_LIMIT):
        receipts += receive_batch(file.items[start : start + BATCH_LIMIT], ingest=ingest, now=now)
    imported = ImportedResponses(tuple(receipts), file.broken_off)
    details = {status.value: number for status, number in imported.counts.items()}
    with transaction() as session:
        record(session, "responses.imported", "responses", actor_id, details, now)
    return imported
