"""What devices and screens post: a small JSON message within a limit, and how OpenAPI speaks of it."""

from collections.abc import Collection

from flask import abort, request

from app.domain.json_value import JsonObject, JsonValue
from app.domain.problem import Problem
from app.web.errors import TOO_MANY
from app.web.limits import Limit, seconds_to_wait


def read_body(limit: Limit) -> bytes:
    """The bytes of the message, unless it is no JSON or there are too many of them."""
    if request.mimetype != "application/json":
        abort(415)
    if wait := seconds_to_wait(limit):
        raise Problem(TOO_MANY, retry_after=wait)
    return request.get_data(cache=False)


def required_body(name: str) -> JsonObject:
    return {"required": True, "content": content(name)}


def content(name: str) -> JsonObject:
    return {"application/json": {"schema": schema(name)}}


def schema(name: str) -> JsonObject:
    return {"$ref": f"#/components/schemas/{name}"}


def an_object(properties: JsonObject, *, optional: Collection[str] = (), **more: JsonValue) -> JsonObject:
    """The schema of an object that has all of these properties but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties, **more}


def a_list(items: JsonObject, **more: JsonValue) -> JsonObject:
    return {"type": "array", "items": items, **more}


def refusal(why: str) -> JsonObject:
    return {"description": why, "content": {"application/problem+json": {"schema": schema("Problem")}}}


def refusals(forbidden: str) -> JsonObject:
    """What any message may be answered; `forbidden` says what 403 means here."""
    return {
        "400": refusal("The body is no such message."),
        "403": refusal(forbidden),
        "413": refusal("More bytes than one request may carry."),
        "415": refusal("The body is not application/json."),
        "429": refusal("Too many requests; wait as long as Retry-After says."),
        "500": refusal("The server failed; try again later."),
    }
