"""POST /api/v1/devices: a tablet enrols itself. POST /api/v1/devices/status: it says how it is."""

from flask import Response

from app.domain.codes.stamp import Stamp
from app.domain.devices.device import DeviceKind
from app.domain.json_value import JsonObject
from app.formats.canonical_json import write_json
from app.formats.wire.devices import read_enrolment, read_status
from app.services.devices.changes import enrol
from app.transaction import transaction
from app.web.api.messages import a_list, an_object, content, read_body, refusal, refusals, required_body, schema
from app.web.context import context, now
from app.web.limits import ENROLMENTS, STATUSES
from app.web.views import at
from app.workflows.device_status import receive_status


@at("/devices", "POST")
def enrol_device() -> Response:
    code, public_key = read_enrolment(read_body(ENROLMENTS))
    with transaction() as session:
        enrolled = enrol(session, code, public_key, now=now())
    token = context().tokens.sign(enrolled.token)
    document = {
        "device": str(enrolled.id),
        "token": token,
        "kind": enrolled.kind.value,
        "path": f"/k/{token.lower()}",
    }
    return Response(write_json(document), 201, content_type="application/json")


@at("/devices/status", "POST")
def hear_device() -> Response:
    status = read_status(read_body(STATUSES))
    heard, quotas = receive_status(status, now=now())
    document = {
        "server_time": now().isoformat(timespec="seconds"),
        "revoked": heard.revoked,
        "stamp": None if heard.revoked else _new_stamp(heard.placement_id),
        "quotas": quotas,
    }
    return Response(write_json(document), content_type="application/json")


def _new_stamp(placement_id: int) -> str:
    return context().stamps.sign(Stamp.at(now(), context().settings.secrets.newest_key_id, placement_id))


_REFUSALS = refusals("No enrolled device has signed it, or a browser says that another website sent it.")


def describe_enrolment() -> JsonObject:
    """The address as OpenAPI describes it; the schemas are `SCHEMAS` and what msgspec says of the messages."""
    return {
        "post": {
            "operationId": "enrolDevice",
            "summary": "Bind a device to its key, with a one-time code from the office.",
            "requestBody": required_body("Enrolment"),
            "responses": {
                "201": {"description": "The device, its token and its page.", "content": content("Enrolled")},
                "410": refusal("The code is wrong, used or too old; which of these is not told."),
                "422": refusal("The public key is no uncompressed point on P-256."),
                **_REFUSALS,
            },
        }
    }


def describe_status() -> JsonObject:
    return {
        "post": {
            "operationId": "hearDevice",
            "summary": "What a device says of its outbox, signed by it.",
            "requestBody": required_body("DeviceStatus"),
            "responses": {
                "200": {"description": "Whether it may go on, and a new stamp.", "content": content("Heard")},
                "409": refusal("The device has given out more numbers than this says."),
                **_REFUSALS,
            },
        }
    }


_CELL = an_object(
    {
        "cell": a_list({"type": "string"}),
        "words": {"type": "object", "additionalProperties": {"type": "string"}},
        "target": {"type": "integer", "minimum": 1},
        "counted": {"type": "integer", "minimum": 0},
    }
)
SCHEMAS: JsonObject = {
    "Enrolled": an_object(
        {
            "device": {"type": "string", "pattern": "^[0-9]{1,10}$"},
            "token": {"type": "string", "pattern": "^[A-Z2-7]{26}$"},
            "kind": {"enum": [kind.value for kind in DeviceKind]},
            "path": {"type": "string", "pattern": "^/k/[a-z2-7]{26}$"},
        }
    ),
    "Quotas": an_object(
        {"questions": a_list({"type": "string"}), "cells": a_list(_CELL)},
        description="For an interviewer's phone: the groups that headquarters wants to hear, and how many it has.",
    ),
    "Heard": an_object(
        {
            "server_time": {"type": "string", "format": "date-time"},
            "revoked": {"type": "boolean"},
            "stamp": {"type": ["string", "null"], "description": "Replaces the one in the page; null if revoked."},
            "quotas": {"oneOf": [{"type": "null"}, schema("Quotas")]},
        },
        optional=["quotas"],
    ),
}
