"""GET /api/v1/surveys/ID: the rules of a survey version, which never change, so that a phone may keep them."""

from flask import Response

from app.domain.json_value import JsonObject
from app.domain.surveys.survey import SurveyKind
from app.formats.canonical_json import write_json
from app.services.surveys.rules import read_rules
from app.transaction import reading
from app.web.api.messages import a_list, an_object, content, refusal
from app.web.row_ids import LAST_ID
from app.web.static import FOR_EVER
from app.web.views import at


@at("/surveys/<int:version_id>")
def show_rules(version_id: int) -> Response:
    with reading() as session:
        rules = read_rules(session, version_id)
    return Response(write_json(rules), content_type="application/json", headers={"Cache-Control": FOR_EVER})


def describe_rules() -> JsonObject:
    """The address as OpenAPI describes it; its schema is `RULES`."""
    return {
        "parameters": [
            {
                "name": "version_id",
                "in": "path",
                "required": True,
                "schema": {"type": "integer", "minimum": 0, "maximum": LAST_ID},
            }
        ],
        "get": {
            "operationId": "showRules",
            "summary": "The rules of a published survey version, without its words. They never change.",
            "responses": {
                "200": {
                    "description": "The survey definition without titles, labels, hints, recordings and keys.",
                    "content": content("Rules"),
                },
                "404": refusal("No such version was ever published."),
            },
        },
    }


_NAMED = a_list(an_object({"name": {"type": "string"}}))
_TREE: JsonObject = {"type": ["array", "null"], "description": "An expression: a name and its operands."}
_QUESTION = an_object(
    {
        "name": {"type": "string"},
        "type": {"type": "string"},
        "relevant": _TREE,
        "required": {"type": ["boolean", "array"]},
        "constraint": _TREE,
        "constraint_message": {"type": ["object", "null"]},
        "choices": _NAMED,
        "exclusive": a_list({"type": "string"}),
        "rows": _NAMED,
    },
    optional=["constraint_message"],
    additionalProperties=False,
)
_PAGE = an_object({"name": {"type": "string"}, "relevant": _TREE, "questions": a_list(_QUESTION)})
RULES = an_object(
    {
        "schema": {"const": 1},
        "kind": {"enum": [kind.value for kind in SurveyKind]},
        "languages": a_list({"type": "string"}),
        "pages": a_list(_PAGE),
    }
)
