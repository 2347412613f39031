"""What a survey still lacks before citizens may see it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.surveys.publication import hindrances, requiring_only_what_is_asked
from app.domain.surveys.survey import SurveyDefinition
from tests.factories.surveys.surveys import VISIT, definition, question

ONLY_HINDI = {"hi": "हिन्दी"}


SCALES = definition([question("respect", "scale")], [question("overall", "scale")])


def lacking(survey: SurveyDefinition) -> list[tuple[str, object]]:
    return [(problem.code, problem.details["where"]) for problem in hindrances(survey)]


def test_a_survey_in_both_languages_may_be_published() -> None:
    assert lacking(SCALES) == []


def test_free_text_is_published_nowhere() -> None:
    assert lacking(VISIT) == [("survey.unread_text", "comment")]
    assert lacking(definition([question("story", "long_text")])) == [("survey.unread_text", "story")]
    assert lacking(definition([question("age", "integer")])) == []


def test_nobody_owes_an_answer_that_is_not_asked_for() -> None:
    survey = definition([question("comment", "text", required=True), question("respect", "scale", required=True)])
    assert [each.required for each in requiring_only_what_is_asked(survey).questions()] == [False, True]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"label": ONLY_HINDI}, "a"),
        ({"hint": ONLY_HINDI}, "a: hint"),
        ({"constraint_message": ONLY_HINDI}, "a: constraint_message"),
        ({"choices": [{"name": "yes", "label": ONLY_HINDI}]}, "a: yes"),
        ({"rows": [{"name": "water", "label": {"hi": "पानी", "en": ""}}]}, "a: water"),
    ],
)
def test_every_word_is_there_in_both_languages(changes: dict[str, Any], where: str) -> None:
    assert lacking(definition([question("a", "select_one", **changes)])) == [("survey.no_english", where)]


def test_titles_are_words_too() -> None:
    survey = replace(
        SCALES, title=ONLY_HINDI, pages=(replace(SCALES.pages[0], title={"en": "Core"}), *SCALES.pages[1:])
    )
    assert lacking(survey) == [("survey.no_english", "form_title"), ("survey.no_hindi", "page1")]


def test_an_empty_hint_lacks_nothing() -> None:
    assert lacking(definition([question("a", "select_one", hint=None)])) == []
