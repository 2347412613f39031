"""Devices added and enrolled for tests, and what they say of themselves."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.devices.device import DeviceKind
from app.domain.problem import Problem
from app.formats.crypto.device_signatures import status_message
from app.formats.crypto.sealing import canonical, derive_private_key, public_point
from app.formats.wire.devices import DeviceStatus
from app.services.devices.changes import NewDevice, add_device, enrol, give_code
from tests.factories import Tablet, add_place, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
KEY = derive_private_key(b"t" * 32)


def add(session: Session, kind: DeviceKind = DeviceKind.KIOSK, label: str = "काउंटर 1") -> int:
    place, version = add_place(session), add_survey(session)
    return add_device(session, place.id, NewDevice(kind, label, version.survey_id, key_id=0), now=NOW)


def enrolled(session: Session, device_id: int) -> Tablet:
    code = give_code(session, device_id, actor_id=None, now=NOW)
    enrol(session, code.code, public_point(KEY), now=NOW)
    return Tablet(device_id, KEY)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value.code


def status(tablet: Tablet, **fields: Any) -> DeviceStatus:
    said = {"waiting": 0, "last_sequence": 3, "at": "2026-11-23T06:29:00Z", **fields}
    unsigned = DeviceStatus(device=str(tablet.id), signature="", **said)
    return replace_signature(unsigned, tablet.signature(status_message(canonical(unsigned.clear_fields()))))


def replace_signature(said: DeviceStatus, signature: str) -> DeviceStatus:
    return DeviceStatus(**said.clear_fields(), signature=signature)  # type: ignore[arg-type]
