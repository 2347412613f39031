"""GET /api/v1/surveys/ID/audio/NAME: a recorded question, which never changes once it is published."""

import hashlib

from flask import Response, request

from app.domain.json_value import JsonObject
from app.services.surveys.recordings import read_recording
from app.transaction import reading
from app.web.api.messages import refusal
from app.web.row_ids import LAST_ID
from app.web.static import FOR_EVER
from app.web.views import at


@at("/surveys/<int:version_id>/audio/<name>")
def show_recording(version_id: int, name: str) -> Response:
    with reading() as session:
        found = read_recording(session, version_id, name)
    response = Response(found.body, mimetype=found.media_type, headers={"Cache-Control": FOR_EVER})
    response.set_etag(hashlib.sha256(found.body).hexdigest()[:20])
    # Some phones play only what they can ask for in parts.
    response.make_conditional(request, accept_ranges=True, complete_length=len(found.body))
    return response


def describe_recording() -> JsonObject:
    """The address as OpenAPI describes it."""
    number: JsonObject = {"type": "integer", "minimum": 0, "maximum": LAST_ID}
    sound: JsonObject = {media_type: {} for media_type in ("audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav")}
    return {
        "parameters": [
            {"name": "version_id", "in": "path", "required": True, "schema": number},
            {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}},
        ],
        "get": {
            "operationId": "showRecording",
            "summary": "A recorded question of a published survey version. It never changes; ranges are served.",
            "responses": {
                "200": {"description": "The sound.", "content": sound},
                "206": {"description": "The part that was asked for.", "content": sound},
                "404": refusal("No such recording of a version that was ever published."),
                "416": refusal("There is no such part."),
            },
        },
    }
