"""POST /api/v1/screens: a counter screen enrols itself. POST /api/v1/screens/pad: it fetches codes for three days."""

from flask import Response

from app.domain.json_value import JsonObject
from app.domain.problem import Problem
from app.formats.canonical_json import write_json
from app.formats.crypto.sealing import to_text
from app.formats.pictures.qr import code_text
from app.formats.wire.counter_screens import read_pad_request, read_screen_enrolment
from app.services.codes.counter_screens import FetchedPad, HeldPad, enrol_screen
from app.transaction import transaction
from app.web.api.messages import an_object, content, read_body, refusal, refusals, required_body
from app.web.context import context, now
from app.web.errors import TOO_MANY
from app.web.limits import ENROLMENTS, PADS, STATUSES, seconds_to_wait
from app.web.views import at
from app.workflows.counter_pads import send_codes


@at("/screens", "POST")
def enrol_counter_screen() -> Response:
    code, secret = read_screen_enrolment(read_body(ENROLMENTS))
    with transaction() as session:
        enrol_screen(session, code, secret, now=now())
    return Response(write_json({"enrolled": True}), 201, content_type="application/json")


@at("/screens/pad", "POST")
def send_pad() -> Response:
    secret, head, until = read_pad_request(read_body(STATUSES))
    # Many screens stand behind one address; the first bytes tell them apart.
    if wait := seconds_to_wait(PADS, secret[:8]):
        raise Problem(TOO_MANY, retry_after=wait)
    held = None if until is None else HeldPad(head, until)
    address, signer = context().settings.address, context().tokens
    fetched, address = send_codes(secret, held, address=address, signer=signer, now=now())
    response = Response(write_json(_document(fetched, address)), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(fetched: FetchedPad, address: str) -> JsonObject:
    pad, placement = fetched.pad, fetched.placement
    return {
        "server_time": now().isoformat(timespec="milliseconds"),
        "link": code_text(address, ""),
        "head": to_text(pad.head),
        "first": pad.first,
        "tags": to_text(pad.tags),
        "place": {language: placement.place.in_language(language) for language in ("hi", "en")},
        "spot": placement.hung_at,
        "number": placement.number,
    }


_REFUSALS = refusals("No screen has this secret, or a browser says that another website sent it.")


def describe_screens() -> JsonObject:
    """The address as OpenAPI describes it; the schemas are `SCHEMAS` and what msgspec says of the messages."""
    return {
        "post": {
            "operationId": "enrolScreen",
            "summary": "Let a browser be a counter screen, with a one-time code from the office.",
            "requestBody": required_body("ScreenEnrolment"),
            "responses": {
                "201": {"description": "The secret now fetches codes.", "content": content("ScreenEnrolled")},
                "410": refusal("The code is wrong, used or too old, or the screen is not in use any more."),
                **_REFUSALS,
            },
        }
    }


def describe_pad() -> JsonObject:
    return {
        "post": {
            "operationId": "fetchPad",
            "summary": "The codes that a counter screen lacks to go on for 72 hours without network.",
            "requestBody": required_body("PadRequest"),
            "responses": {
                "200": {"description": "Codes, one a minute, and what stands beside them.", "content": content("Pad")},
                "409": refusal("The address that codes lead to has not been confirmed by the department."),
                "410": refusal("The screen is not in use any more."),
                **_REFUSALS,
            },
        }
    }


SCHEMAS: JsonObject = {
    "ScreenEnrolled": an_object({"enrolled": {"const": True}}),
    "Pad": an_object(
        {
            "server_time": {"type": "string", "format": "date-time"},
            "link": {"type": "string", "description": "A code is this, and the base32 of head, step and tag."},
            "head": {"type": "string", "description": "What every token begins with, in base64url."},
            "first": {"type": "integer", "description": "The first step: whole minutes since 1970 in UTC."},
            "tags": {"type": "string", "description": "Ten bytes for each step from the first on, in base64url."},
            "place": {"type": "object", "additionalProperties": {"type": "string"}},
            "spot": {"type": "string"},
            "number": {"type": "string", "pattern": "^[0-9]{8}$"},
        }
    ),
}
