"""Whether answers come from the devices that they name."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.token import Token
from app.domain.responses.device_claim import UNKNOWN, UNSIGNED, DeviceClaim, DeviceProof
from app.domain.responses.reason import Reason
from app.domain.responses.response import Incoming
from app.formats.canonical_json import write_json
from app.models import Device, Placement
from app.services.devices.proofs import known_devices, prove_devices
from tests.factories import Tablet, add_device, add_place, add_placement, add_survey

ANSWERS = {"overall": 4}


@pytest.fixture
def placement(any_session: Session) -> Placement:
    return placed(any_session)


def placed(session: Session) -> Placement:
    return add_placement(session, add_place(session), add_survey(session), channel=Channel.KIOSK)


def incoming(placement: Placement, claim: DeviceClaim | None) -> Incoming:
    return Incoming(
        id=uuid4(),
        token=Token(Channel.KIOSK, 0, placement.id),
        survey_version_id=1,
        language="hi",
        claimed_week=None,
        stamp=None,
        body=write_json(ANSWERS),
        answers=ANSWERS,
        claim=claim,
    )


def claim_of(tablet: Tablet, *, device: str | None = None, message: bytes = b"message") -> DeviceClaim:
    return DeviceClaim(str(tablet.id) if device is None else device, 7, tablet.signature(b"message"), message)


def prove(session: Session, *batch: Incoming) -> list[DeviceProof | None]:
    return [item.proof for item in prove_devices(batch, known_devices(session, batch))]


def test_a_batch_knows_the_enrolled_devices_that_it_names(any_session: Session, placement: Placement) -> None:
    mine = add_device(any_session, placement)
    revoked = add_device(any_session, placed(any_session), revoked_at=datetime(2026, 6, 1, tzinfo=UTC))
    waiting = add_device(any_session, placed(any_session))
    any_session.get_one(Device, waiting.id).public_key = None
    unnamed = add_device(any_session, placed(any_session))
    any_session.flush()
    batch = [incoming(placement, claim_of(tablet)) for tablet in (mine, revoked, waiting)]
    found = known_devices(any_session, [*batch, incoming(placement, None)])
    assert {(device.id, device.revoked) for device in found.values()} == {(mine.id, False), (revoked.id, True)}
    assert found[str(mine.id)].placement_id == placement.id
    assert str(unnamed.id) not in found


@pytest.mark.parametrize("name", ["0{}", "+{}", " {}", "{}\n", "{}.0", ""])
def test_a_device_is_known_by_its_one_name_only(session: Session, name: str) -> None:
    place = placed(session)
    tablet = add_device(session, place)
    claim = claim_of(tablet, device=name.format(tablet.id))
    assert known_devices(session, [incoming(place, claim)]) == {}
    assert prove(session, incoming(place, claim)) == [UNKNOWN]


def test_a_signature_proves_the_device_whose_key_made_it(session: Session) -> None:
    own, foreign = placed(session), placed(session)
    tablet, other = add_device(session, own), add_device(session, foreign)
    assert prove(
        session,
        incoming(own, claim_of(tablet)),
        incoming(own, claim_of(other)),
        incoming(own, claim_of(tablet, device=str(other.id))),
        incoming(own, claim_of(tablet, message=b"changed")),
        incoming(own, None),
    ) == [
        DeviceProof((), (tablet.id, 7)),
        DeviceProof((Reason.DEVICE_FOREIGN,), (other.id, 7)),
        UNSIGNED,
        UNSIGNED,
        None,
    ]
