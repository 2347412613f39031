"""Devices: add a tablet or an interviewer's phone, let it enrol itself once, hear of its state, revoke it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.codes.placement import PlacementState
from app.domain.codes.token import Token
from app.domain.devices.device import (
    ALREADY_ENROLLED,
    ALREADY_REVOKED,
    CODE_UNKNOWN,
    DEVICE_UNKNOWN,
    QUIZ_NEEDS_NETWORK,
    STATUS_OLD,
    STATUS_UNSIGNED,
    DeviceKind,
    is_code_good,
    read_device_code,
)
from app.domain.devices.refusals import read_refusals
from app.domain.problem import Problem
from app.domain.surveys.survey import SurveyKind
from app.formats.crypto.device_signatures import signature_holds, status_message
from app.formats.crypto.sealing import canonical
from app.formats.crypto.set_up_codes import SetUpCode, digest_of_code, draw_code
from app.formats.wire.devices import DeviceStatus
from app.models import Device, Survey
from app.services.codes.placement_queries import get_placement
from app.services.codes.placements import IssueRequest, issue_placement, retire_placement
from app.services.devices.refusals import keep_refusals
from app.services.record.audit import record

_TRIES = 20


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A device to be added. Its label is also where citizens read that it stands."""

    kind: DeviceKind
    label: str
    survey_id: int
    key_id: int
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a device is told when it has been enrolled: its number, its kind, and what its token says."""

    id: int
    kind: DeviceKind
    token: Token


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows from a status: `revoked` means that nothing from this device counts any more."""

    placement_id: int
    revoked: bool


def add_device(session: Session, place_id: int, new: NewDevice, *, now: datetime) -> int:
    """The id of a new device with a placement of its own, which waits for its first code.

    Problems `placement.*` as for any placement, `device.quiz` for questions that it could not ask.
    """
    survey = session.get(Survey, new.survey_id)
    if survey is not None and survey.kind == SurveyKind.QUIZ:
        raise Problem(QUIZ_NEEDS_NETWORK)
    request = IssueRequest(new.survey_id, new.kind.channel, new.label, new.key_id, new.actor_id)
    placement = issue_placement(session, place_id, request, issuable=(new.kind.channel,), now=now)
    device = _draw_device(session, placement.id, placement.hung_at)
    details = {"placement": placement.id, "kind": new.kind.value, "label": device.label}
    record(session, "device.added", _subject(device.id), new.actor_id, details, now)
    return device.id


def give_code(session: Session, device_id: int, *, actor_id: int | None, now: datetime) -> SetUpCode:
    """A new one-time code, good for ten minutes; the one before it is good no more.

    Problems `device.already_enrolled`, since a second key would take over the first one's numbers, and
    `device.already_revoked`.
    """
    device = _locked(session, device_id)
    if device.revoked_at is not None:
        raise Problem(ALREADY_REVOKED)
    if device.enrolled_at is not None:
        raise Problem(ALREADY_ENROLLED)
    given = draw_code(now)
    device.code_digest, device.code_expires_at = digest_of_code(given.code), given.expires_at
    record(session, "device.code_given", _subject(device_id), actor_id, {}, now)
    return given


def enrol(session: Session, typed: str, public_key: bytes, *, now: datetime) -> Enrolled:
    """Bind a device to its key; Problem `device.code_unknown` for a wrong, used or late code alike.

    The same key asking again within the ten minutes is told the same: the first answer may have been lost.
    """
    code = read_device_code(typed)
    found = select(Device).where(Device.code_digest == digest_of_code(code or "")).with_for_update()
    device = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if code is None or device is None or device.revoked_at is not None or not is_code_good(device.code_expires_at, now):
        raise Problem(CODE_UNKNOWN)
    if device.public_key is not None and device.public_key != public_key:
        raise Problem(CODE_UNKNOWN)
    placement = get_placement(session, device.placement_id, now=now)
    if device.public_key is None:
        device.public_key, device.enrolled_at = public_key, now
        key = hashlib.sha256(public_key).hexdigest()[:16]
        record(session, "device.enrolled", _subject(device.id), None, {"key": key}, now)
    return Enrolled(device.id, DeviceKind(placement.channel.value), placement.token)


def hear_status(session: Session, status: DeviceStatus, *, now: datetime) -> Heard:
    """Keep what a device says of itself, if it signed it.

    Problems `device.status_unsigned`, for unknown devices too, and `device.status_old` if it has given out more
    numbers than this says: an earlier message that somebody sends again must not hide a gap.
    """
    device = _signer(session, status)
    if status.last_sequence < (device.last_sequence or 0):
        raise Problem(STATUS_OLD)
    device.waiting, device.last_sequence = status.waiting, status.last_sequence
    keep_refusals(session, device.id, read_refusals(status.refusals or {}))
    device.last_synced_at = now.replace(minute=0, second=0, microsecond=0)
    placement = get_placement(session, device.placement_id, now=now)
    ended = device.revoked_at is not None or placement.state is not PlacementState.ACTIVE
    return Heard(device.placement_id, ended)


def revoke_device(session: Session, device_id: int, *, actor_id: int | None, now: datetime) -> None:
    """For good: what arrives from it from now on is set aside, and its page says that it is not in use."""
    device = _locked(session, device_id)
    if device.revoked_at is not None:
        raise Problem(ALREADY_REVOKED)
    device.revoked_at, device.code_digest, device.code_expires_at = now, None, None
    if get_placement(session, device.placement_id, now=now).retired_at is None:
        retire_placement(session, device.placement_id, actor_id=actor_id, now=now)
    record(session, "device.revoked", _subject(device_id), actor_id, {}, now)


def _signer(session: Session, status: DeviceStatus) -> Device:
    message = status_message(canonical(status.clear_fields()))
    device = None if status.device_id is None else session.get(Device, status.device_id, with_for_update=True)
    if device is None or device.public_key is None or not signature_holds(device.public_key, status.signature, message):
        raise Problem(STATUS_UNSIGNED)
    return device


def _draw_device(session: Session, placement_id: int, label: str) -> Device:
    for _ in range(_TRIES):
        device = Device(id=secrets.randbits(32), placement_id=placement_id, label=label)
        try:
            with session.begin_nested():
                session.add(device)
        except IntegrityError:
            continue
        return device
    raise RuntimeError("no free device id was found")


def _locked(session: Session, device_id: int) -> Device:
    device = session.get(Device, device_id, with_for_update=True, populate_existing=True)
    if device is None:
        raise Problem(DEVICE_UNKNOWN)
    return device


def _subject(device_id: int) -> str:
    return f"device:{device_id}"
