"""GET /api/v1/openapi.json: the sync API described as OpenAPI 3.1."""

from functools import cache

from flask import Response
from msgspec.json import schema_components

from app.domain.json_value import JsonObject
from app.domain.responses.response import BATCH_LIMIT, Status
from app.formats.canonical_json import write_json
from app.formats.wire.counter_screens import PadRequest, ScreenEnrolment
from app.formats.wire.devices import DeviceStatus, Enrolment
from app.formats.wire.responses import Item
from app.web.api import counter_screens, devices
from app.web.api.messages import a_list, an_object, content, refusal, required_body, schema
from app.web.api.recordings import describe_recording
from app.web.api.surveys import RULES, describe_rules
from app.web.views import at

_MESSAGES = (Item, Enrolment, DeviceStatus, ScreenEnrolment, PadRequest)
_REF = "#/components/schemas/{name}"


@at("/openapi.json")
def show_openapi() -> Response:
    return Response(write_json(document()), content_type="application/json")


@cache
def document() -> JsonObject:
    _, components = schema_components(_MESSAGES, ref_template=_REF)
    properties = components["Item"]["properties"]
    properties["body"] = _BODY
    for name, description in _ABOUT.items():
        properties[name]["description"] = description
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Samvad sync API",
            "version": "1",
            "description": "Responses in, receipts out. A device forgets a response only on stored or duplicate.",
        },
        "paths": {
            "/api/v1/devices": devices.describe_enrolment(),
            "/api/v1/devices/status": devices.describe_status(),
            "/api/v1/openapi.json": {"get": _describe_self()},
            "/api/v1/responses": {"post": _describe_responses()},
            "/api/v1/screens": counter_screens.describe_screens(),
            "/api/v1/screens/pad": counter_screens.describe_pad(),
            "/api/v1/surveys/{version_id}": describe_rules(),
            "/api/v1/surveys/{version_id}/audio/{name}": describe_recording(),
        },
        "components": {
            "schemas": {**components, **_SCHEMAS, **devices.SCHEMAS, **counter_screens.SCHEMAS, "Rules": RULES}
        },
    }


_BODY: JsonObject = {
    "anyOf": [
        {
            "type": "object",
            "description": "Where kid is null: question name to answer. An absent question was left; "
            "null means rather not say.",
        },
        {
            "type": "string",
            "pattern": "^[A-Za-z0-9_-]*$",
            "description": "Where kid names a sealing key: base64url of enc, ciphertext and tag; HPKE base mode with "
            "DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM.",
        },
    ]
}
_ABOUT = {
    "kid": "The sealing key of the page, or null: the body is plain.",
    "receipt": "In format 2: 16 random bytes in base64url, of which the confirmation number is made.",
    "week": "Any day of the week in which it was answered, by the device's clock.",
    "device": "From enrolled devices: the number of the device.",
    "sequence": "From enrolled devices: counts this device's responses from 1.",
    "signature": "From enrolled devices: base64url of r and s, ECDSA over P-256 with SHA-256.",
}
_SCHEMAS: JsonObject = {
    "Batch": an_object({"responses": a_list(schema("Item"), maxItems=BATCH_LIMIT)}),
    "Receipt": an_object(
        {
            "id": {"type": ["string", "null"], "format": "uuid"},
            "status": {"enum": [status.value for status in Status]},
            "number": {"type": "string", "pattern": "^[0-9]{4} [0-9]{4} [0-9]{4}$"},
            "problem": schema("Problem"),
        },
        optional=["number", "problem"],
    ),
    "Receipts": an_object({"receipts": a_list(schema("Receipt"))}),
    "Problem": an_object(
        {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string"},
            "problems": a_list(schema("Problem")),
        },
        optional=["problems"],
    ),
}


def _describe_responses() -> JsonObject:
    return {
        "operationId": "receiveResponses",
        "summary": "Send up to a hundred responses and get one receipt for each, in order.",
        "requestBody": required_body("Batch"),
        "responses": {
            "200": {"description": "One receipt for each response.", "content": content("Receipts")},
            **{status: refusal(why) for status, why in _REFUSALS.items()},
        },
    }


def _describe_self() -> JsonObject:
    return {
        "operationId": "describe",
        "summary": "This document.",
        "responses": {
            "200": {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}
        },
    }


_REFUSALS = {
    "400": "The body is not a batch of responses.",
    "403": "A browser says that another website sent this.",
    "413": "More responses or bytes than one request may carry.",
    "415": "The body is not application/json.",
    "429": "Too many requests; wait as long as Retry-After says.",
    "500": "The server failed; keep the responses and try again later.",
}
