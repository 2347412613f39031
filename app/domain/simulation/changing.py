"""A form filled in nearly as before: by a machine that wants to look like many, or by a clerk who has a habit."""

from random import Random

from app.domain.simulation.people import Filled
from app.domain.simulation.questionnaire import SURVEY
from app.domain.surveys.survey import AnswerValue, Question


def changed(chance: Random, form: Filled, part: float, *, keep: str | None = None) -> Filled:
    """The form with such a part of its items answered otherwise; `keep` is a question that stays as it is."""
    return {
        name: answer if name == keep else _otherwise(chance, SURVEY.question(name), answer, part)
        for name, answer in form.items()
    }


def _otherwise(chance: Random, question: Question, answer: AnswerValue, part: float) -> AnswerValue:
    if isinstance(answer, dict):
        return {row: _face(chance, face) if chance.random() < part else face for row, face in answer.items()}
    if chance.random() >= part:
        return answer
    if isinstance(answer, int):
        return _face(chance, answer)
    others = [choice.name for choice in question.choices if choice.name != answer and [choice.name] != answer]
    other = chance.choice(others)
    return [other] if question.has_several else other


def _face(chance: Random, face: int) -> int:
    return chance.choice([other for other in range(1, 6) if other != face])
