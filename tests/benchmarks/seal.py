"""Sealed answers on the server: opening them, and checking which device signed them.

The budget is 5,000 opened a second on one core, which is 200 µs each, read and verified.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from app.domain.responses.device_claim import KnownDevice
from app.domain.responses.response import Incoming
from app.formats.canonical_json import write_json
from app.formats.crypto.sealing import derive_private_key, info, public_point, seal
from app.formats.wire.responses import read_batch
from app.services.devices.proofs import prove_devices
from app.services.responses.incoming import read_incoming
from app.web.context import context
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side
from tests.benchmarks.harness.rooms import Room, room
from tests.benchmarks.ingest import BATCH, SURVEY, item_of
from tests.factories import Tablet

_TABLET = Tablet(4_000_000_001, derive_private_key(b"t" * 32))


def figures() -> Iterator[Figure]:
    with room(SURVEY) as place:
        plain = [item_of(place) for _ in range(BATCH)]
        signed = [_TABLET.sign(_sealed(place, device=str(_TABLET.id), sequence=at)) for at in range(1, BATCH + 1)]
        sealed = [_sealed(place) for _ in range(BATCH)]
        taken = cpu_side_by_side(
            {
                "open": _opener(sealed),
                "read plain": _reader(plain),
                "read sealed": _reader(sealed),
                "read signed": _reader(signed),
                "prove": _prover(signed),
            },
            rounds=15,
        )
    each = {name: seconds / BATCH * 1e6 for name, seconds in taken.items()}
    yield Figure("sealed answers, read, verified and opened", each["read sealed"], "µs CPU", 200)
    yield Figure("  of these: the opening alone", each["open"], "µs CPU")
    yield Figure("  beside them: plain answers", each["read plain"], "µs CPU")
    yield Figure("signed by a device and sealed, all of it", each["read signed"] + each["prove"], "µs CPU", 400)
    yield Figure("  of these: the signature alone", each["prove"], "µs CPU")
    yield Figure("sealed answers a second on one core", 1e6 / each["read sealed"], "1/s")


def _opener(items: list[dict[str, Any]]) -> Callable[[], object]:
    sealing = context().sealing
    texts = [(item["body"], info(item)) for item in items]
    return lambda: [sealing.open(1, body, bound) for body, bound in texts]


def _reader(items: list[dict[str, Any]]) -> Callable[[], object]:
    body = write_json({"responses": items})
    return lambda: _read(body)


def _prover(items: list[dict[str, Any]]) -> Callable[[], object]:
    batch = _read(write_json({"responses": items}))
    placement_id = batch[0].token.placement_id
    device = KnownDevice(_TABLET.id, placement_id, public_point(_TABLET.key), revoked=False)
    known = {str(_TABLET.id): device}
    if any(proved.proof is None or proved.proof.reasons for proved in prove_devices(batch, known)):
        raise RuntimeError("a signature does not hold")
    return lambda: prove_devices(batch, known)


def _read(body: bytes) -> list[Incoming]:
    read = [read_incoming(raw, context().ingest) for raw in read_batch(body)]
    batch = [item for item in read if isinstance(item, Incoming)]
    if len(batch) != BATCH:
        raise RuntimeError(f"not all were read: {json.dumps([str(item) for item in read][:1])}")
    return batch


def _sealed(place: Room, **device: object) -> dict[str, Any]:
    item: dict[str, Any] = {**item_of(place), "kid": 1, **device}
    return {**item, "body": seal(context().sealing.public(1), write_json(item["body"]), info(item))}
