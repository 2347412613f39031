"""Devices: one-time codes, enrolment, what they say of themselves, revocation; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.devices.device import CODE_ALPHABET, DeviceKind, DeviceState
from app.domain.surveys.survey import SurveyKind
from app.formats.crypto.sealing import derive_private_key, public_point
from app.formats.wire.devices import DeviceStatus
from app.models import AuditEntry, Device, Placement, Survey
from app.services.codes.placements import mark_compromised
from app.services.devices.changes import NewDevice, add_device, enrol, give_code, hear_status, revoke_device
from app.services.devices.queries import get_device
from tests.factories import Tablet, add_place, add_survey
from tests.services.devices.enrolling import KEY, NOW, add, enrolled, refusal, replace_signature, status

OTHER = public_point(derive_private_key(b"o" * 32))


@pytest.fixture
def session(any_session: Session) -> Session:
    return any_session


@pytest.fixture
def device_id(session: Session) -> int:
    return add(session)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_a_device_has_a_placement_of_its_own_without_a_number(session: Session, kind: DeviceKind) -> None:
    view = get_device(session, add(session, kind, "  काउंटर \n 1 "))
    placement = session.get_one(Placement, view.placement_id)
    assert (placement.channel, placement.number, placement.hung_at) == (kind.value, None, "काउंटर 1")
    assert (view.kind, view.label, view.state) == (kind, "काउंटर 1", DeviceState.WAITING)
    assert (view.last_synced_at, view.waiting, view.missing.lost) == (None, None, 0)
    assert actions(session) == ["placement.issued", "device.added"]


def test_what_a_device_could_not_ask_is_refused(session: Session) -> None:
    place, version = add_place(session), add_survey(session)
    new = NewDevice(DeviceKind.KIOSK, " ", version.survey_id, key_id=0)
    assert refusal(lambda: add_device(session, place.id, new, now=NOW)) == "placement.spot_missing"
    session.get_one(Survey, version.survey_id).kind = SurveyKind.QUIZ.value
    assert refusal(lambda: add_device(session, place.id, replace(new, label="x"), now=NOW)) == "device.quiz"


def test_a_code_is_used_once_and_can_be_typed_in_any_way(session: Session, device_id: int) -> None:
    given = give_code(session, device_id, actor_id=None, now=NOW)
    assert (len(given.code), given.expires_at) == (10, NOW + timedelta(minutes=10))
    assert set(given.code) <= set(CODE_ALPHABET)
    stored = session.get_one(Device, device_id).code_digest
    assert stored is not None
    assert given.code.encode() not in stored
    typed = f" {given.code[:5].lower()} - {given.code[5:]}"
    told = enrol(session, typed, public_point(KEY), now=NOW)
    assert (told.id, told.kind, told.token.placement_id) == (
        device_id,
        DeviceKind.KIOSK,
        get_device(session, device_id).placement_id,
    )
    assert get_device(session, device_id).state is DeviceState.ACTIVE
    assert refusal(lambda: enrol(session, given.code, OTHER, now=NOW)) == "device.code_unknown"
    assert actions(session)[-2:] == ["device.code_given", "device.enrolled"]


def test_a_tablet_that_missed_the_answer_may_ask_again_with_its_key(session: Session, device_id: int) -> None:
    code = give_code(session, device_id, actor_id=None, now=NOW).code
    first = enrol(session, code, public_point(KEY), now=NOW)
    assert enrol(session, code, public_point(KEY), now=NOW + timedelta(minutes=9)) == first
    late = NOW + timedelta(minutes=10)
    assert refusal(lambda: enrol(session, code, public_point(KEY), now=late)) == "device.code_unknown"
    assert actions(session).count("device.enrolled") == 1


def test_a_code_dies_after_ten_minutes_and_when_another_is_given(session: Session, device_id: int) -> None:
    first = give_code(session, device_id, actor_id=None, now=NOW).code
    late = NOW + timedelta(minutes=10)
    assert refusal(lambda: enrol(session, first, public_point(KEY), now=late)) == "device.code_unknown"
    second = give_code(session, device_id, actor_id=None, now=NOW).code
    assert refusal(lambda: enrol(session, first, public_point(KEY), now=NOW)) == "device.code_unknown"
    enrol(session, second, public_point(KEY), now=NOW)
    assert refusal(lambda: give_code(session, device_id, actor_id=None, now=NOW)) == "device.already_enrolled"


@pytest.mark.parametrize(
    "typed", ["", "AAAAAAAAAA", "AAAAA-AAAA", "A" * 80, "O0I1LAAAAA", "क" * 10, "\ud800", "ß" * 10]
)
def test_a_wrong_code_enrols_nothing(session: Session, device_id: int, typed: str) -> None:
    give_code(session, device_id, actor_id=None, now=NOW)
    assert refusal(lambda: enrol(session, typed, public_point(KEY), now=NOW)) == "device.code_unknown"


def test_a_status_is_kept_to_the_hour(session: Session, device_id: int) -> None:
    tablet = enrolled(session, device_id)
    heard = hear_status(session, status(tablet, waiting=2, last_sequence=5), now=NOW)
    assert not heard.revoked
    view = get_device(session, device_id)
    assert view.last_synced_at == NOW.replace(minute=0)
    assert (view.waiting, view.missing.kept, view.missing.lost) == (2, 2, 3)


def test_an_earlier_status_sent_again_hides_nothing(session: Session, device_id: int) -> None:
    tablet = enrolled(session, device_id)
    early, late = status(tablet, last_sequence=3), status(tablet, last_sequence=7)
    hear_status(session, early, now=NOW)
    hear_status(session, late, now=NOW)
    hear_status(session, late, now=NOW)
    assert refusal(lambda: hear_status(session, early, now=NOW)) == "device.status_old"
    assert session.get_one(Device, device_id).last_sequence == 7


def test_only_the_device_itself_can_speak_for_itself(session: Session, device_id: int) -> None:
    tablet, other = enrolled(session, device_id), add(session, label="काउंटर 2")
    said = status(tablet)
    foreign = DeviceStatus(**{**said.clear_fields(), "device": str(other)}, signature=said.signature)  # type: ignore[arg-type]
    changed = DeviceStatus(**{**said.clear_fields(), "waiting": 9}, signature=said.signature)  # type: ignore[arg-type]
    for forged in (foreign, changed, replace_signature(said, "A" * 86), replace_signature(said, "संवाद")):
        assert refusal(lambda forged=forged: hear_status(session, forged, now=NOW)) == "device.status_unsigned"  # type: ignore[misc]
    for name in ("0", "4294967296", "-1", "٣", ""):
        assert refusal(lambda n=name: hear_status(session, status(Tablet(n, KEY)), now=NOW)) == "device.status_unsigned"  # type: ignore[misc]


def test_a_revoked_device_is_told_so_and_cannot_come_back(session: Session, device_id: int) -> None:
    tablet = enrolled(session, device_id)
    revoke_device(session, device_id, actor_id=None, now=NOW)
    assert hear_status(session, status(tablet), now=NOW).revoked
    view = get_device(session, device_id)
    assert view.state is DeviceState.REVOKED
    assert session.get_one(Placement, view.placement_id).retired_at == NOW
    assert refusal(lambda: revoke_device(session, device_id, actor_id=None, now=NOW)) == "device.already_revoked"
    assert refusal(lambda: give_code(session, device_id, actor_id=None, now=NOW)) == "device.already_revoked"


def test_revoking_kills_a_code_that_was_given(session: Session, device_id: int) -> None:
    code = give_code(session, device_id, actor_id=None, now=NOW).code
    revoke_device(session, device_id, actor_id=None, now=NOW)
    assert refusal(lambda: enrol(session, code, public_point(KEY), now=NOW)) == "device.code_unknown"


def test_a_device_whose_placement_has_ended_is_told_to_stop(session: Session, device_id: int) -> None:
    tablet = enrolled(session, device_id)
    placement_id = get_device(session, device_id).placement_id
    mark_compromised(session, placement_id, NOW.date(), actor_id=None, now=NOW)
    assert hear_status(session, status(tablet), now=NOW).revoked
