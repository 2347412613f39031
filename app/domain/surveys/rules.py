"""The rules of a survey without its words: what a phone needs to know besides the page it was given."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.surveys.survey import Choice, Page, Question, SurveyDefinition, SurveyKind

#: what the page shows already, or what must not leave the server before the answer
_LEFT_OUT = ("title", "label", "hint", "audio", "key", "why")


def rules_of(definition: SurveyDefinition) -> dict[str, object]:
    """The document of a definition without titles, labels, hints, recordings, a quiz's key and what is not asked."""
    return _trimmed(definition.to_json()) | {"pages": [_rules_of_page(page) for page in definition.pages]}


def keyed(definition: SurveyDefinition) -> list[Question]:
    """The questions that have a right answer; none of a survey or a poll."""
    if definition.kind is not SurveyKind.QUIZ:
        return []
    return [question for question in definition.questions() if question.key is not None]


def without_keys(definition: SurveyDefinition) -> SurveyDefinition:
    """What is asked and nothing else: of few choices each, right answers could be guessed from the fingerprint."""
    pages = (
        replace(page, questions=tuple(replace(one, key=None, why=None) for one in page.questions))
        for page in definition.pages
    )
    return replace(definition, pages=tuple(pages))


def _rules_of_page(page: Page) -> dict[str, object]:
    return _trimmed(page.to_json()) | {"questions": [_rules_of(question) for question in page.asked]}


def _rules_of(question: Question) -> dict[str, object]:
    return _trimmed(question.to_json()) | {"choices": _names(question.choices), "rows": _names(question.rows)}


def _trimmed(document: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name not in _LEFT_OUT}


def _names(choices: Sequence[Choice]) -> list[dict[str, str]]:
    return [{"name": choice.name} for choice in choices]
