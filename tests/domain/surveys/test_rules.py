"""The rules of a survey: enough for a phone to check an answer, and nothing that a page shows or a quiz hides."""

import json
from dataclasses import replace

import pytest

from app.domain.surveys.rules import keyed, rules_of, without_keys
from app.domain.surveys.survey import SurveyDefinition, SurveyKind
from tests.factories.rules.vectors import RULES, definition_of
from tests.factories.surveys.rounds import POLL, QUIZ
from tests.factories.surveys.surveys import definition, question


@pytest.mark.usefixtures("free_text_is_read")
@pytest.mark.parametrize("name", RULES)
def test_rules_are_written_as_the_server_gives_them(name: str) -> None:
    assert rules_of(definition_of(RULES[name])) == RULES[name]


def test_no_words_and_no_key_are_given_out() -> None:
    quiz = definition(
        [question("year", "integer", key=1930, hint={"en": "Salt"}, audio={"hi": "a.mp3"})],
        [question("respect", "scale")],
        kind="quiz",
    )
    text = json.dumps(rules_of(quiz), ensure_ascii=False)
    assert not any(part in text for part in ("1930", "Salt", "a.mp3", "कैसा", "Very good", "Your visit"))


def test_what_is_not_asked_has_no_rule() -> None:
    asked = definition([question("comment", "text"), question("respect", "scale")], [question("story", "long_text")])
    names = [[each["name"] for each in page["questions"]] for page in rules_of(asked)["pages"]]  # type: ignore[attr-defined]
    assert names == [["respect"], []]


def test_what_a_rule_says_when_it_is_broken_goes_along() -> None:
    words = {"hi": "0 से 120 तक", "en": "From 0 to 120"}
    asked = definition([question("age", "integer", constraint=["=", ["self"], ["num", "1"]], constraint_message=words)])
    [rules] = rules_of(asked)["pages"][0]["questions"]
    assert (rules["constraint"], rules["constraint_message"]) == (["=", ["self"], ["num", "1"]], words)


def test_only_a_quiz_has_any() -> None:
    assert [question.key for question in keyed(QUIZ)] == ["traffic"]
    assert keyed(POLL) == keyed(replace(QUIZ, kind=SurveyKind.POLL)) == []


def test_two_that_differ_in_them_alone_ask_the_same() -> None:
    other = SurveyDefinition.from_json(QUIZ.canonical_json.replace('"key":"traffic"', '"key":"fraud"'))
    other = SurveyDefinition.from_json(other.canonical_json.replace("Because.", "For another reason."))
    assert other.fingerprint != QUIZ.fingerprint
    assert without_keys(other).fingerprint == without_keys(QUIZ).fingerprint
    assert rules_of(other) == rules_of(QUIZ)
    assert "why" not in str(rules_of(QUIZ))
    assert without_keys(POLL) == POLL
