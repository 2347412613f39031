"""Random ways through a survey: what people, and broken or hostile pages, post and send."""

from random import Random
from typing import Any

from app.domain.responses.form_answers import DECLINED
from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition

_NOISE = (
    "", " ", "\u00a0\u3000", "\u001c", "\u200b", "\ufeff", "x", "5", "०", "४", "६", "१२३", "-3", "−२", "+7", "1,00,000",
    "2,5", "5 10", "1 50 000", "0,500", "1.000,00", ".", "150,000.5", "2.5", "२.५०", ".5", "-.5", "1e3",
    "999999999999999", "1000000000000000", "0.1234567890", "23-11-2026",
    "२३/११/२०२६", "2026-11-23", "2026-1-3", "31.4.2026", "1 1 0001", "29-02-2024", "29-02-2023", "true", "on",
    "क़िला", "क\u093c", "e\u0301\u0335\u0335\u0335\u0335\u0335\u0335\u0335\u0335\u0335", "🙂", "दो\r\nशब्द\u2028और",
    "a\u202eb\u0000", " राम ", "x" * 2001, "यह लंबा है", "462001", "OK", "constructor", "__proto__",
)  # fmt: skip
_RAW_NOISE: tuple[Any, ...] = (
    None, True, False, 0, 1, 3, 5, 6, -2, 1.5, 10**15, 10**15 - 1, [], ["x"], [1], [None], {}, {"x": 1}, {"water": 2},
    {"seat": 5, "fan": None}, {"water": 6, "toilet": 1},
)  # fmt: skip


def random_fields(rng: Random, definition: SurveyDefinition) -> dict[str, list[str]]:
    """The fields of a form: most of them filled in as the page allows, some not."""
    fields: dict[str, list[str]] = {"_lang": ["hi"]}
    for question in definition.questions():
        for field in _fields_of(question):
            chance = rng.random()
            if chance < 0.7:
                fields[field] = _fitting(rng, question)
            elif chance < 0.75:
                fields[field] = [*_fitting(rng, question), DECLINED]
            elif chance < 0.8:
                fields[field] = [DECLINED]
            elif chance < 0.9:
                fields[field] = rng.choices(_NOISE, k=rng.randint(1, 3))
    return fields


def random_answers(rng: Random, definition: SurveyDefinition) -> dict[str, Any]:
    """Answers as a device might send them: like the page's, or of any other shape."""
    answers: dict[str, Any] = {}
    for question in definition.questions():
        chance = rng.random()
        if chance < 0.6:
            answers[question.name] = _raw(rng, question)
        elif chance < 0.8:
            answers[question.name] = rng.choice((*_RAW_NOISE, *_NOISE))
    if rng.random() < 0.2:
        answers[rng.choice(("nobody", "constructor", "grid.row"))] = "x"
    return dict(rng.sample(list(answers.items()), len(answers)))


def _fields_of(question: Question) -> list[str]:
    if question.type is QuestionType.GRID:
        return [question.name, *(f"{question.name}.{row.name}" for row in question.rows)]
    return [question.name]


def _fitting(rng: Random, question: Question) -> list[str]:
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.SCALE | QuestionType.GRID:
            return [rng.choice(question.choices).name]
        case QuestionType.SELECT_MULTIPLE:
            return [choice.name for choice in rng.sample(question.choices, rng.randint(1, len(question.choices)))]
        case QuestionType.DATE:
            return [f"{rng.randint(20, 30)}-{rng.randint(9, 12)}-2026"]
        case QuestionType.ACKNOWLEDGE:
            return ["true"]
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return [rng.choice(("0", "1", "2", "३", "17", "-3", "0.15", "0.3", "1.5", "-2.5", "130"))]
        case _:
            return [rng.choice(_NOISE)]


def _raw(rng: Random, question: Question) -> Any:
    names = [choice.name for choice in question.choices]
    match question.type:
        case QuestionType.SELECT_ONE:
            return rng.choice(names)
        case QuestionType.SELECT_MULTIPLE:
            return rng.choices([*names, "x"], weights=[9] * len(names) + [1], k=rng.randint(0, 3))
        case QuestionType.SCALE:
            return rng.randint(1, 5)
        case QuestionType.GRID:
            return {row.name: rng.choice((1, 2, 3, 4, 5, None)) for row in question.rows if rng.random() < 0.8}
        case QuestionType.INTEGER:
            return rng.randint(-3, 130)
        case QuestionType.DECIMAL:
            return rng.choice(("0.15", "0.3", "1.5", "-2.50", "+007", "12.", 3))
        case QuestionType.DATE:
            return f"2026-{rng.randint(9, 12)}-{rng.randint(20, 31)}"
        case QuestionType.ACKNOWLEDGE:
            return rng.random() < 0.8
        case _:
            return rng.choice(_NOISE)
