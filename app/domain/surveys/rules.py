"""The rules of a survey without its words: what a phone needs to know besides the page it was given."""

from typing import Any

from app.domain.surveys.survey import Question, SurveyDefinition

#: what the page shows already, or what must not leave the server before the answer
_LEFT_OUT = ("label", "hint", "audio", "key")


def rules_of(definition: SurveyDefinition) -> dict[str, Any]:
    """The document of a definition without titles, labels, hints, recordings and a quiz's key."""
    document = definition.to_json()
    del document["title"]
    for page, data in zip(definition.pages, document["pages"], strict=True):
        del data["title"]
        data["questions"] = [_rules_of(question) for question in page.questions]
    return document


def _rules_of(question: Question) -> dict[str, Any]:
    document = {name: value for name, value in question.to_json().items() if name not in _LEFT_OUT}
    for part in ("choices", "rows"):
        document[part] = [{"name": item["name"]} for item in document[part]]
    return document
