"""What a quiz tells after it has been answered, and not before: the right answers."""

from dataclasses import dataclass

from app.domain.surveys.survey import Answers, Question, SurveyDefinition, SurveyKind, in_language


@dataclass(frozen=True, slots=True)
class Mark:
    question: str
    right_answer: str
    is_right: bool


def mark_quiz(definition: SurveyDefinition, answers: Answers, language: str) -> list[Mark]:
    """One mark for each question that has a right answer; none for a survey or a poll."""
    if definition.kind is not SurveyKind.QUIZ:
        return []
    return [
        Mark(
            in_language(question.label, language),
            _in_words(question, language),
            answers.get(question.name) == question.key,
        )
        for question in definition.questions()
        if question.key is not None
    ]


def _in_words(question: Question, language: str) -> str:
    labels = {choice.name: in_language(choice.label, language) for choice in question.choices}
    names = question.key if isinstance(question.key, list) else [question.key]
    return ", ".join(labels.get(str(name), str(name)) for name in names)
