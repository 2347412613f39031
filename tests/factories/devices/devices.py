"""Devices for tests, with a key to sign with, as a tablet has one."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy.orm import Session

from app.formats.crypto.device_signatures import item_message
from app.formats.crypto.sealing import derive_private_key, info, public_point, to_text
from app.models import Device, Placement

_counter = count(1)


@dataclass(frozen=True, slots=True)
class Tablet:
    """The device's side: its id and its private key."""

    id: int
    key: ec.EllipticCurvePrivateKey

    def sign(self, item: dict[str, Any]) -> dict[str, Any]:
        """The item with this device and its signature."""
        whole = {**item, "device": str(self.id)}
        body = json.dumps(whole["body"], ensure_ascii=False, separators=(",", ":")).encode()
        return {**whole, "signature": self.signature(item_message(info(whole), body))}

    def signature(self, message: bytes) -> str:
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256())))
        return to_text(r.to_bytes(32) + s.to_bytes(32))


def add_device(session: Session, placement: Placement, *, revoked_at: datetime | None = None) -> Tablet:
    """A device that was enrolled on 1 January 2026."""
    at = next(_counter)
    key = derive_private_key(at.to_bytes(32))
    enrolled_at = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(
        Device(
            id=3_000_000_000 + at,
            placement_id=placement.id,
            label=f"Tablet {at}",
            public_key=public_point(key),
            enrolled_at=enrolled_at,
            revoked_at=revoked_at,
        )
    )
    session.flush()
    return Tablet(3_000_000_000 + at, key)
