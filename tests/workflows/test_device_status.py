"""A device says how it is: kept before anything is counted, so that counting may fail."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.domain.codes.channel import Channel
from app.formats.canonical_json import write_json
from app.formats.crypto.device_signatures import status_message
from app.formats.crypto.sealing import canonical
from app.formats.wire.devices import DeviceStatus, read_status
from app.models import Device
from app.services.devices.changes import revoke_device
from app.services.surveys.quotas import set_quotas
from app.transaction import reading, transaction
from app.workflows.device_status import receive_status
from tests.factories import Tablet, add_device, add_place, add_placement, add_survey
from tests.factories.surveys.quotas import PEOPLE, WANTED
from tests.fixtures.faults import failing_reads

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.fixture
def phone(app: Flask) -> Tablet:
    """An interviewer's phone whose survey has quotas."""
    with transaction() as session:
        survey = add_survey(session, PEOPLE, slug="people")
        set_quotas(session, "people", ("sex", "age"), WANTED, actor_id=None, now=NOW)
        return add_device(session, add_placement(session, add_place(session), survey, channel=Channel.INTERVIEW))


def says(phone: Tablet, last_sequence: int) -> DeviceStatus:
    said = {"device": str(phone.id), "waiting": 0, "last_sequence": last_sequence, "at": "2026-11-23T12:00:00Z"}
    return read_status(write_json({**said, "signature": phone.signature(status_message(canonical(said)))}))


def last_sequence(phone: Tablet) -> int | None:
    with reading() as session:
        return session.get_one(Device, phone.id).last_sequence


def test_it_is_kept_and_answered_with_the_quotas(phone: Tablet) -> None:
    heard, quotas = receive_status(says(phone, 4), now=NOW)
    assert (heard.revoked, last_sequence(phone)) == (False, 4)
    assert quotas is not None
    assert sum(cell["target"] for cell in quotas["cells"]) == 6


def test_it_stays_kept_if_counting_fails_and_may_be_said_again(phone: Tablet) -> None:
    with failing_reads(), pytest.raises(OperationalError):
        receive_status(says(phone, 4), now=NOW)
    assert last_sequence(phone) == 4
    assert receive_status(says(phone, 4), now=NOW)[1] is not None


def test_for_a_revoked_device_nothing_is_counted(phone: Tablet) -> None:
    with transaction() as session:
        revoke_device(session, phone.id, actor_id=None, now=NOW)
    with failing_reads():
        heard, quotas = receive_status(says(phone, 5), now=NOW)
    assert (heard.revoked, quotas) == (True, None)
