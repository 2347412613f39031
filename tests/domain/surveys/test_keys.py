"""The right answers of a quiz: of two quizzes that differ in them alone, what is asked is the same."""

from dataclasses import replace

from app.domain.surveys.rules import keyed, rules_of, without_keys
from app.domain.surveys.survey import SurveyDefinition, SurveyKind
from tests.factories.surveys.rounds import POLL, QUIZ


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
