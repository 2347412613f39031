"""What a quiz tells after it has been answered, and not before: the right answers, and why they are right."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.surveys.rules import keyed
from app.domain.surveys.survey import Answers, Question, SurveyDefinition, in_language


@dataclass(frozen=True, slots=True)
class Mark:
    """`is_right` is None where nobody's answers are looked at; `why` is empty where nothing is said."""

    question: str
    right_answer: str
    why: str
    is_right: bool | None


def right_ones(definition: SurveyDefinition, answers: Answers) -> tuple[bool, ...]:
    """For each question that has a right answer, whether it was given; none for a survey or a poll."""
    return tuple(answers.get(question.name) == question.key for question in keyed(definition))


def marks_of(definition: SurveyDefinition, right: Sequence[bool], language: str) -> list[Mark]:
    """The right answers in words, beside which were given; none if these are not of this quiz."""
    questions = keyed(definition)
    if len(questions) != len(right):
        return []
    return [_mark(question, is_right, language) for question, is_right in zip(questions, right, strict=True)]


def told_key(definition: SurveyDefinition, language: str) -> list[Mark]:
    """The right answers for whoever asks, once they are public."""
    return [_mark(question, None, language) for question in keyed(definition)]


def _mark(question: Question, is_right: bool | None, language: str) -> Mark:
    label, why = in_language(question.label, language), in_language(question.why, language)
    return Mark(label, _in_words(question, language), why, is_right)


def _in_words(question: Question, language: str) -> str:
    labels = {choice.name: in_language(choice.label, language) for choice in question.choices}
    names = question.key if isinstance(question.key, list) else [question.key]
    return ", ".join(labels.get(str(name), str(name)) for name in names)
