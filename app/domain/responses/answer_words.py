"""An answer as the citizen read it: for headquarters, which looks at what was set aside."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.json_value import JsonObject
from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition, in_language


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question and its answer; None was "rather not say". `broke_rules`: it did not fit its question."""

    question: str
    answer: str | None
    broke_rules: bool = False


def in_words(
    definitions: Sequence[SurveyDefinition], answers: JsonObject, broken: JsonObject, language: str
) -> tuple[AnswerLine, ...]:
    """Every answer in the order of the questionnaire, under the wording of the newest version that asks it.

    `definitions` are the versions of one survey, the newest first.
    """
    questions: dict[str, Question] = {}
    for definition in definitions:
        for question in definition.questions():
            questions.setdefault(question.name, question)
    lines = []
    for name, question in questions.items():
        label = in_language(question.label, language)
        if name in broken:
            lines.append(AnswerLine(label, json.dumps(broken[name], ensure_ascii=False), broke_rules=True))
        elif name in answers:
            lines.append(AnswerLine(label, answer_in_words(question, answers[name], language)))
    return tuple(lines)


def answer_in_words(question: Question, value: object, language: str) -> str | None:
    """None for "rather not say"; names that the question does not know stay as they are."""
    if value is None:
        return None
    words = {choice.name: in_language(choice.label, language) for choice in question.choices}
    if question.type is QuestionType.GRID and isinstance(value, Mapping):
        rows = {row.name: in_language(row.label, language) for row in question.rows}
        return "; ".join(f"{rows.get(row, row)}: {words.get(str(step), str(step))}" for row, step in value.items())
    if isinstance(value, list):
        return "; ".join(words.get(str(name), str(name)) for name in value)
    if question.type is QuestionType.ACKNOWLEDGE:
        return "✓"
    return words.get(str(value), str(value))
