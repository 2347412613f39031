"""What marks cost: of an answer when it is taken, multiplied into the seal of its week, and verified."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from app.domain.responses.response import Incoming
from app.formats.wire.responses import read_batch
from app.jobs.record.sealing import seal_all
from app.services.responses.incoming import read_incoming
from app.services.responses.ingest import ingest_batch
from app.services.responses.seals.row_marks import MARK_KEY
from app.services.responses.seals.verification import verify_seals
from app.transaction import reading, transaction
from app.web.context import context
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side
from tests.benchmarks.harness.rooms import Room, room
from tests.benchmarks.ingest import BATCH, SURVEY, _bodies

_ROUNDS = 100


def figures() -> Iterator[Figure]:
    with room(SURVEY) as place:
        taken = cpu_side_by_side({"marked": _taking(place), "plain": _taking(place, b"")}, _ROUNDS)
        yield Figure("marks, of taking an answer", (taken["marked"] - taken["plain"]) / BATCH * 1e6, "µs CPU", 12)
        began = time.process_time()
        sealed = seal_all()
        yield Figure("sealing, an answer with its verdict", (time.process_time() - began) / sealed * 1e6, "µs CPU", 150)
        began = time.process_time()
        with reading() as session:
            # Those that were taken without marks are told by week.
            found = list(verify_seals(session))
        if len(found) != 2:
            raise RuntimeError(f"nobody has altered anything: {found[:3]}")
        spent = (time.process_time() - began) / sealed
        yield Figure("verifying, an answer with its verdict", spent * 1e6, "µs CPU", 150)


def _taking(place: Room, key: bytes | None = None) -> Callable[[], None]:
    ingest, now = context().ingest, datetime.now(UTC)
    batches: list[list[Incoming]] = []
    for _ in range(_ROUNDS + 1):
        read = [read_incoming(raw, ingest) for raw in read_batch(_bodies(place, BATCH))]
        batches.append([item for item in read if isinstance(item, Incoming)])

    def take() -> None:
        with transaction() as session:
            if key is not None:
                session.info[MARK_KEY] = key
            ingest_batch(session, batches.pop(), ingest=ingest, now=now)

    return take
