"""The register of devices: each with what is missing of its own, on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.devices.device import DeviceKind
from app.domain.devices.sequence import NumberRun
from app.models import Device, Place
from app.services.devices.changes import NewDevice, add_device, give_code, hear_status, revoke_device
from app.services.devices.queries import count_with_gaps, get_device, list_devices
from app.services.devices.sequences import record_sequences
from tests.factories import add_place, add_survey
from tests.services.devices.enrolling import NOW, add, enrolled, refusal, status


@pytest.fixture
def session(any_session: Session) -> Session:
    return any_session


@pytest.fixture
def device_id(session: Session) -> int:
    return add(session)


def test_a_deleted_outbox_shows(session: Session, device_id: int) -> None:
    tablet = enrolled(session, device_id)
    record_sequences(session, [(device_id, 1), (device_id, 4)])
    hear_status(session, status(tablet, last_sequence=4, waiting=0), now=NOW)
    assert get_device(session, device_id).missing.lost == 2
    add(session)
    everywhere = set(session.scalars(select(Place.id)))
    assert count_with_gaps(session, everywhere) == 1


def test_what_is_not_there_is_unknown_and_lists_hold_the_asked_places_only(session: Session) -> None:
    assert refusal(lambda: get_device(session, 1)) == "device.unknown"
    assert refusal(lambda: give_code(session, 1, actor_id=None, now=NOW)) == "device.unknown"
    first, second = add(session), add(session)
    place_id = get_device(session, first).place_id
    assert [each.id for each in list_devices(session, {place_id}).rows] == [first]
    revoke_device(session, first, actor_id=None, now=NOW)
    both = {place_id, get_device(session, second).place_id}
    assert [each.id for each in list_devices(session, both).rows] == [second, first]


def test_what_is_missing_of_a_device_is_told_of_it_alone(session: Session, device_id: int) -> None:
    other = add(session, label="काउंटर 2")
    session.get_one(Device, device_id).last_sequence = 9
    session.get_one(Device, other).last_sequence = 3
    record_sequences(session, [(device_id, 1), (device_id, 2), (device_id, 5), (other, 1), (other, 3)])
    places = {get_device(session, id_).place_id for id_ in (device_id, other)}
    listed = {view.id: view.missing for view in list_devices(session, places).rows}
    assert {id_: (one.lost, one.runs) for id_, one in listed.items()} == {
        device_id: (6, (NumberRun(3, 4), NumberRun(6, 9))),
        other: (1, (NumberRun(2, 2),)),
    }
    assert get_device(session, device_id).missing == listed[device_id]
    assert (count_with_gaps(session, places), count_with_gaps(session, ())) == (2, 0)
    # What it says that it still holds is lost to nobody; of what came after it has said nothing yet.
    session.get_one(Device, device_id).waiting = 6
    record_sequences(session, [(other, 2), (other, 7), (other, 9)])
    assert [view.missing.lost for view in list_devices(session, places).rows] == [0, 0]
    assert count_with_gaps(session, places) == 0
    session.get_one(Device, device_id).waiting = 5
    assert count_with_gaps(session, places) == 1


def test_the_register_is_paged_by_place_and_label(session: Session) -> None:
    version = add_survey(session)
    devices = []
    for name, labels in (("B", ["2", "1"]), ("A", ["3"])):
        place = add_place(session, name_en=name)
        for label in labels:
            new = NewDevice(DeviceKind.KIOSK, label, version.survey_id, key_id=0)
            devices.append(get_device(session, add_device(session, place.id, new, now=NOW)))
    places = {view.place_id for view in devices}
    pages = [list_devices(session, places, page=page, per_page=2) for page in (1, 2, 9)]
    assert [[view.label for view in page.rows] for page in pages] == [["3", "1"], ["2"], ["2"]]
    assert {(page.total, page.pages) for page in pages} == {(3, 2)}
