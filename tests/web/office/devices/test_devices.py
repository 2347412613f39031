"""The register of devices: add, set up, look for gaps, revoke; who may, and who may not."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.accounts.role import Role
from app.domain.devices.device import DeviceKind
from app.formats.crypto.sealing import derive_private_key, public_point
from app.models import Department, Device
from app.services.devices.changes import NewDevice, add_device, enrol
from app.services.devices.sequences import record_sequences
from app.transaction import reading, transaction
from tests.factories import add_place, add_survey
from tests.factories.surveys.surveys import definition, question
from tests.fixtures.accounts import SignIn

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
KEY = public_point(derive_private_key(b"t" * 32))
CODE = re.compile(r'class="big code">([A-Z2-9]{5} [A-Z2-9]{5})<')


@pytest.fixture
def places(app: Flask) -> dict[str, int]:
    """Two districts with a station each, and a published survey."""
    app.config["CLOCK"] = lambda: NOW
    with transaction() as session:
        session.add(Department(name_hi="नमूना पुलिस", name_en="Sample Police", demonstration=True))
        state = add_place(session, kind="state", name_en="Sample State")
        own = add_place(session, parent=state, kind="district", name_en="Namunagarh")
        other = add_place(session, parent=state, kind="district", name_en="Durpur")
        kotwali = add_place(session, parent=own, name_en="Kotwali")
        foreign = add_place(session, parent=other, name_en="Dur")
        survey = add_survey(session).survey_id
        made = {"state": state, "own": own, "kotwali": kotwali, "foreign": foreign}
        return {**{name: place.id for name, place in made.items()}, "survey": survey}


@pytest.fixture
def head(places: dict[str, int], sign_in: SignIn) -> FlaskClient:
    """The head of the first district."""
    return sign_in(Role.DISTRICT_HEAD, places["own"])


def add(client: FlaskClient, places: dict[str, int], **changed: str) -> str:
    form = {"kind": "kiosk", "label": "टैबलेट 1", "survey": str(places["survey"]), **changed}
    answer = client.post(f"/office/devices/new/{places['kotwali']}", data=form)
    assert answer.status_code == 302, answer.text
    return answer.location


def in_use(places: dict[str, int], *numbers: int, last: int | None = None, waiting: int | None = None) -> str:
    """The page of an enrolled device of which these numbers arrived, and that said this last."""
    with transaction() as session:
        new = NewDevice(DeviceKind.KIOSK, "टैबलेट 1", places["survey"], key_id=0)
        device_id = add_device(session, places["kotwali"], new, now=NOW)
        device = session.get_one(Device, device_id)
        device.public_key, device.enrolled_at = KEY, NOW
        record_sequences(session, [(device_id, number) for number in numbers])
        if last is not None:
            device.last_sequence, device.waiting, device.last_synced_at = last, waiting, NOW
    return f"/office/devices/{device_id}"


def test_an_empty_register_says_what_to_do(head: FlaskClient) -> None:
    page = head.get("/office/devices").text
    assert "No devices yet" in page
    assert "/office/devices/new" in page
    assert 'aria-current="page">Devices' in page


def test_a_device_is_added_and_set_up_with_a_code(head: FlaskClient, places: dict[str, int]) -> None:
    found = head.get("/office/devices/new", query_string={"text": "kotwali"}).text
    assert f"/office/devices/new/{places['kotwali']}" in found
    assert f"/office/devices/new/{places['foreign']}" not in head.get("/office/devices/new?text=Dur").text
    address = add(head, places)
    assert "Waiting to be set up" in head.get(address).text
    answer = head.post(f"{address}/code")
    shown = CODE.search(answer.text)
    assert shown is not None
    assert "http://localhost/k" in answer.text
    assert "12:10" in answer.text
    with transaction() as session:
        enrol(session, shown[1], KEY, now=NOW)
    page = head.get(address).text
    assert "In use" in page
    assert "Show a code" not in page
    again = head.post(f"{address}/code", follow_redirects=True).text
    assert "This device is in use" in again


def test_a_code_is_never_shown_twice(head: FlaskClient, places: dict[str, int]) -> None:
    address = add(head, places)
    first, second = (CODE.search(head.post(f"{address}/code").text) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first[1] != second[1]
    assert first[1] not in head.get(address).text + head.get("/office/devices").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"label": ""}, "Please say what it is called"),
        ({"label": "क" * 81}, "at most 80 characters"),
        ({"kind": "poster"}, "Not a valid choice"),
        ({"survey": "999"}, "Not a valid choice"),
    ],
)
def test_a_refused_form_comes_back_filled_in(
    head: FlaskClient, places: dict[str, int], changed: dict[str, str], words: str
) -> None:
    form = {"kind": "interview", "label": "फ़ोन 7", "survey": str(places["survey"]), **changed}
    answer = head.post(f"/office/devices/new/{places['kotwali']}", data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="errors"' in answer.text
    assert "label" in changed or "फ़ोन 7" in answer.text
    with reading() as session:
        assert session.scalars(select(Device.id)).all() == []


def test_a_quiz_is_not_offered(head: FlaskClient, places: dict[str, int]) -> None:
    with transaction() as session:
        quiz = add_survey(session, definition([question("q", "select_one", "a", "b")], kind="quiz"))
        quiz_id = quiz.survey_id
    page = head.get(f"/office/devices/new/{places['kotwali']}").text
    assert f'<option value="{places["survey"]}"' in page
    assert f'<option value="{quiz_id}"' not in page


def test_gaps_are_said_in_words_and_live_counts_only_to_headquarters(
    head: FlaskClient, places: dict[str, int], sign_in: SignIn
) -> None:
    address = in_use(places, 1, 2, 6, last=8, waiting=2)
    admin = sign_in(Role.STATE_ADMIN, places["state"])
    for page in (head.get(address).text, head.get("/office/devices").text):
        assert "3 answers were given here and are neither on the server nor on the device." in page
        assert "Something" in page
        assert "Numbers missing" not in page
        assert "2 answers" not in page
    assert "Numbers missing: 3–5, 7–8." in admin.get(address).text
    assert "2 answers" in admin.get(address).text


@pytest.mark.parametrize(
    ("numbers", "last", "waiting", "words"),
    [
        ((1, 2), 2, 0, "All answers given on it have arrived."),
        ((1, 2), 4, 2, "All answers have arrived, or are still on the device."),
        ((), None, None, "Nothing is known yet."),
        ((1, 3), 1, 0, "All answers given on it have arrived."),
    ],
)
def test_what_has_no_gap_alarms_nobody(
    head: FlaskClient, places: dict[str, int], numbers: tuple[int, ...], last: int | None, waiting: int, words: str
) -> None:
    address = in_use(places, *numbers, last=last, waiting=waiting)
    page = head.get(address).text
    assert words in page
    assert "Answers are missing" not in page
    assert ">Gap<" not in head.get("/office/devices").text


def test_revoking_asks_first_and_is_final(head: FlaskClient, places: dict[str, int]) -> None:
    address = in_use(places)
    assert "This cannot be undone." in head.get(f"{address}/revoke").text
    done = head.post(f"{address}/revoke", follow_redirects=True).text
    assert "set aside" in done
    assert "Revoke this device" not in done
    assert "revoked already" in head.post(f"{address}/revoke", follow_redirects=True).text
    assert "revoked already" in head.post(f"{address}/code", follow_redirects=True).text


def test_only_the_district_and_above_manage_devices(places: dict[str, int], sign_in: SignIn) -> None:
    address = in_use(places)
    for role in set(Role) - {Role.STATE_ADMIN, Role.DISTRICT_HEAD}:
        client = sign_in(role, places["kotwali"])
        assert client.get("/office/devices").status_code == 403
        assert client.post(f"{address}/revoke").status_code == 403
        assert "/office/devices" not in client.get("/office/").text


def test_a_foreign_districts_devices_are_out_of_reach(places: dict[str, int], sign_in: SignIn) -> None:
    address = in_use(places)
    stranger = sign_in(Role.DISTRICT_HEAD, places["foreign"])
    assert "No devices yet" in stranger.get("/office/devices").text
    for path, method in (("", "GET"), ("/code", "POST"), ("/revoke", "GET"), ("/revoke", "POST")):
        assert stranger.open(f"{address}{path}", method=method).status_code == 403
    assert stranger.get("/office/devices/1").status_code == 404


def test_the_register_speaks_hindi(places: dict[str, int], sign_in: SignIn) -> None:
    address = in_use(places, 1, last=3, waiting=0)
    page = sign_in(Role.DISTRICT_HEAD, places["own"], language="hi").get(address).text
    assert "यहाँ 2 जवाब दिए गए जो न सर्वर पर हैं, न उपकरण में।" in page
