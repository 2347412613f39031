"""What a survey still lacks before citizens may see it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.surveys.publication import hindrances
from app.domain.surveys.survey import SurveyDefinition
from tests.factories.surveys.surveys import VISIT, definition, question

ONLY_HINDI = {"hi": "हिन्दी"}


def lacking(survey: SurveyDefinition, reader: str | None = "somebody") -> list[tuple[str, object]]:
    return [(problem.code, problem.details["where"]) for problem in hindrances(survey, reader)]


def test_a_survey_in_both_languages_with_a_reader_may_be_published() -> None:
    assert lacking(VISIT) == []


def test_free_text_needs_somebody_who_reads_it() -> None:
    assert lacking(VISIT, None) == lacking(VISIT, "") == [("survey.unread_text", "comment")]
    assert lacking(definition([question("story", "long_text")]), None) == [("survey.unread_text", "story")]
    assert lacking(definition([question("age", "integer")]), None) == []


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
    survey = replace(VISIT, title=ONLY_HINDI, pages=(replace(VISIT.pages[0], title={"en": "Core"}), *VISIT.pages[1:]))
    assert lacking(survey) == [("survey.no_english", "form_title"), ("survey.no_hindi", "page1")]


def test_an_empty_hint_lacks_nothing() -> None:
    assert lacking(definition([question("a", "select_one", hint=None)])) == []
