"""Enrolment and status from outside: what a tablet sends, and what it is answered."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.devices.device import DeviceKind
from app.formats.crypto.device_signatures import status_message
from app.formats.crypto.sealing import canonical, derive_private_key, public_point, to_text
from app.models import Device
from app.services.devices.changes import NewDevice, add_device, give_code, revoke_device
from app.transaction import reading, transaction
from app.web.api import devices
from app.web.context import context
from app.web.limits import Limit
from tests.factories import Tablet, add_place, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
KEY = derive_private_key(b"t" * 32)
POINT = to_text(public_point(KEY))

Post = Callable[..., Any]


@pytest.fixture
def post(app: Flask, client: FlaskClient) -> Post:
    """`post("", code=…, public_key=…)` or `post("/status", …)`: status and document."""
    app.config["CLOCK"] = lambda: NOW

    def send(path: str, **message: object) -> tuple[int, dict[str, Any]]:
        answer = client.post(f"/api/v1/devices{path}", json=message)
        return answer.status_code, answer.get_json()

    return send


@pytest.fixture
def code(app: Flask) -> str:
    """The code of a device that waits to be enrolled."""
    with transaction() as session:
        new = NewDevice(DeviceKind.KIOSK, "काउंटर 1", add_survey(session).survey_id, key_id=0)
        device_id = add_device(session, add_place(session).id, new, now=NOW)
        return give_code(session, device_id, actor_id=None, now=NOW).code


def status(device: str, **fields: object) -> dict[str, object]:
    said: dict[str, object] = {
        "device": device,
        "waiting": 1,
        "last_sequence": 4,
        "at": "2026-11-23T12:00:00Z",
        **fields,
    }
    return {**said, "signature": Tablet(int(device), KEY).signature(status_message(canonical(said)))}


def test_a_tablet_enrols_and_says_how_it_is(app: Flask, post: Post, code: str) -> None:
    made, told = post("", code=code, public_key=POINT)
    assert made == 201
    assert told["kind"] == "kiosk"
    assert told["path"] == f"/k/{told['token'].lower()}"
    assert context().codes.token(told["token"]).channel == "kiosk"
    heard, answer = post("/status", **status(told["device"]))
    assert (heard, answer["revoked"], answer["server_time"]) == (200, False, "2026-11-23T06:30:00+00:00")
    stamp = context().stamps.verify(answer["stamp"])
    assert stamp is not None
    assert stamp.given_at == NOW.replace(minute=0)
    with reading() as session:
        device = session.get_one(Device, int(told["device"]))
        assert (device.waiting, device.last_sequence, device.last_synced_at) == (1, 4, NOW.replace(minute=0))


def test_used_late_and_wrong_codes_are_answered_alike(app: Flask, post: Post, code: str) -> None:
    wrong = post("", code="AAAAA AAAAA", public_key=POINT)
    assert (wrong[0], wrong[1]["code"]) == (410, "device.code_unknown")
    assert post("", code=code, public_key=POINT)[0] == 201
    other = to_text(public_point(derive_private_key(b"o" * 32)))
    assert post("", code=code, public_key=other) == wrong
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=10)
    assert post("", code=code, public_key=POINT) == wrong


@pytest.mark.parametrize(
    "key", ["", "AA", "A" * 87, to_text(b"\x04" + b"\x01" * 64), "क" * 87, POINT + "AAAA", POINT[:-2]]
)
def test_a_bad_key_is_refused_and_uses_up_no_code(post: Post, code: str, key: str) -> None:
    refused, told = post("", code=code, public_key=key)
    assert (refused, told["code"]) == (422, "device.key_invalid")
    assert post("", code=code, public_key=POINT)[0] == 201


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"code": 1}', b'{"code":"a","public_key":"b","more":1}', b'{"code":"\xff"}', b"[" * 9999],
)
@pytest.mark.parametrize("path", ["", "/status"])
def test_what_is_no_message_is_refused(client: FlaskClient, path: str, body: bytes) -> None:
    answer = client.post(f"/api/v1/devices{path}", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "device.malformed")
    assert client.post(f"/api/v1/devices{path}", data=body, content_type="text/plain").status_code == 415
    assert (
        client.post(f"/api/v1/devices{path}", data=b" " * 5_000_000, content_type="application/json").status_code == 413
    )


def test_an_old_or_forged_status_changes_nothing(post: Post, code: str) -> None:
    device = post("", code=code, public_key=POINT)[1]["device"]
    assert post("/status", **status(device, last_sequence=9, waiting=0))[0] == 200
    assert post("/status", **status(device, last_sequence=8))[1]["code"] == "device.status_old"
    forged = {**status(device, last_sequence=10), "waiting": 0}
    for unsigned in (forged, status(str(int(device) ^ 1)), {**status(device), "signature": "?"}):
        refused, told = post("/status", **unsigned)
        assert (refused, told["code"]) == (403, "device.status_unsigned")
    with reading() as session:
        assert session.get_one(Device, int(device)).last_sequence == 9


def test_a_revoked_device_gets_no_stamp(post: Post, code: str) -> None:
    device = post("", code=code, public_key=POINT)[1]["device"]
    with transaction() as session:
        revoke_device(session, int(device), actor_id=None, now=NOW)
    heard, told = post("/status", **status(device))
    assert (heard, told["revoked"], told["stamp"]) == (200, True, None)


def test_guessing_is_slowed_down(client: FlaskClient, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "ENROLMENTS", Limit("enrolments", burst=2, per_second=0.01))
    message = json.dumps({"code": "AAAAAAAAAA", "public_key": POINT})
    answers = [client.post("/api/v1/devices", data=message, content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [410, 410, 429]
    assert int(answers[2].headers["Retry-After"]) > 0


def test_another_website_cannot_enrol(client: FlaskClient, code: str) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    answer = client.post("/api/v1/devices", json={"code": code, "public_key": POINT}, headers=headers)
    assert answer.status_code == 403
