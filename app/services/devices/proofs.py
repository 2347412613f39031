"""Whether items come from the devices they name. Done before the write lock is taken: it is arithmetic."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.responses.device_claim import DeviceClaim, DeviceProof, KnownDevice, judge_claim
from app.domain.responses.response import Incoming
from app.formats.crypto.device_signatures import signature_holds
from app.models import Device

_ID = re.compile(r"(?:0|[1-9][0-9]{0,9})", re.ASCII)


def known_devices(session: Session, batch: Iterable[Incoming]) -> dict[str, KnownDevice]:
    """The enrolled devices that the batch names, by the name it gives them, in one select."""
    ids = {int(name) for name in (incoming.claim.device for incoming in batch if incoming.claim) if _ID.fullmatch(name)}
    if not ids:
        return {}
    rows = session.execute(
        select(Device.id, Device.placement_id, Device.public_key, Device.revoked_at)
        .where(Device.id.in_(ids))
        .where(Device.public_key.is_not(None))
    )
    return {
        str(row.id): KnownDevice(row.id, row.placement_id, row.public_key, row.revoked_at is not None) for row in rows
    }


def prove_devices(batch: Sequence[Incoming], devices: Mapping[str, KnownDevice]) -> list[Incoming]:
    """The same responses, each claim of a device with what it is worth."""
    return [
        incoming if incoming.claim is None else replace(incoming, proof=_prove(incoming, incoming.claim, devices))
        for incoming in batch
    ]


def _prove(incoming: Incoming, claim: DeviceClaim, devices: Mapping[str, KnownDevice]) -> DeviceProof:
    device = devices.get(claim.device)
    holds = device is not None and signature_holds(device.public_key, claim.signature or "", claim.message)
    return judge_claim(claim, device, signature_holds=holds, placement_id=incoming.token.placement_id)
