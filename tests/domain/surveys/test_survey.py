"""What a survey asks: one document, one fingerprint."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.domain.surveys.survey import SurveyDefinition, SurveyKind, in_language
from tests.factories.responses.answers import EVERY_TYPE
from tests.factories.surveys.surveys import definition, question


def test_a_definition_survives_its_document() -> None:
    again = SurveyDefinition.from_json(EVERY_TYPE.canonical_json)
    assert again == EVERY_TYPE
    assert again.fingerprint == EVERY_TYPE.fingerprint


def test_the_fingerprint_is_that_of_what_is_asked_and_not_of_how_it_is_written() -> None:
    document = json.loads(EVERY_TYPE.canonical_json)
    turned = json.dumps(dict(reversed(document.items())), indent=2)
    assert SurveyDefinition.from_json(turned).fingerprint == EVERY_TYPE.fingerprint
    assert replace(EVERY_TYPE, kind=SurveyKind.POLL).fingerprint != EVERY_TYPE.fingerprint


def test_a_document_of_an_older_page_may_leave_out_what_is_empty() -> None:
    document = definition([question("a", "text")]).to_json()
    [asked] = document["pages"][0]["questions"]
    needed = {name: asked[name] for name in ("name", "type", "label")}
    document["pages"][0]["questions"] = [needed]
    assert SurveyDefinition.from_json(document) == definition([question("a", "text")])


def test_only_a_question_with_a_key_has_one_in_its_document() -> None:
    keyed = definition([question("a", "integer", key=1930), question("b", "integer")], kind="quiz")
    first, second = keyed.to_json()["pages"][0]["questions"]
    assert (first["key"], "key" in second) == (1930, False)
    assert SurveyDefinition.from_json(keyed.canonical_json).question("a").key == 1930


def test_a_note_is_shown_and_not_counted() -> None:
    asked = definition([question("hello", "note"), question("a", "text")], [question("b", "text")])
    assert [shown.name for shown in asked.questions()] == ["hello", "a", "b"]
    assert asked.asked_count == 2


def test_a_question_is_found_by_its_name_on_any_page() -> None:
    asked = definition([question("a", "text")], [question("b", "integer")])
    assert asked.question("b").type == "integer"
    with pytest.raises(KeyError):
        asked.question("c")


@pytest.mark.parametrize(
    ("words", "found"),
    [({"hi": "क", "en": "Ka"}, "Ka"), ({"hi": "क"}, "क"), ({"en": "", "mr": "म"}, "म"), ({"hi": ""}, ""), (None, "")],
)
def test_words_are_in_the_language_asked_for_or_in_any_that_there_is(words: Any, found: str) -> None:
    assert in_language(words, "en") == found
