"""Answers from the fields of an HTML form, as people write them.

Fields are named like their question; a choice of several repeats the field; a grid's row is `grid.row`; the
value `_declined` anywhere in a question means "rather not say". Digits may be Devanagari or Latin.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.free_text import answer_digits, clean_line
from app.domain.responses.answers import EXCLUSIVE, BrokenRule
from app.domain.responses.canonical_answers import (
    MAX_DIGITS,
    NOT_A_DATE,
    NOT_CONFIRMED,
    NOT_DECIMAL,
    NOT_ON_SCALE,
    NOT_WHOLE,
    NotAnAnswer,
    canonical_form,
)
from app.domain.surveys.survey import AnswerValue, Question, QuestionType, SurveyDefinition

DECLINED = "_declined"

Fields = Mapping[str, Sequence[str]]

_WHOLE = re.compile(rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}")
# 150,000 and 1,50,000: commas and spaces that group digits as the West and India do. Any other may be a decimal point
# or part two numbers.
_GROUPED = re.compile(
    r"[+-]?(?:[1-9][0-9]{0,2}(?:[, ][0-9]{3})+|[1-9][0-9]?(?:[, ][0-9]{2})+[, ][0-9]{3})(?:\.[0-9]*)?"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
# Nobody writes longer numbers or dates; what is longer is not worth translating.
_LONGEST_FIGURE = 60


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """The answers that could be read, and an error for each question that could not."""

    answers: dict[str, AnswerValue]
    errors: tuple[BrokenRule, ...]


def parse_form(definition: SurveyDefinition, fields: Fields) -> ParsedForm:
    """Read the answers of a posted form. Whether they are relevant and complete is `CompiledSurvey.check`'s to say.

    Fields of no question are left alone: the page has fields of its own.
    """
    answers: dict[str, AnswerValue] = {}
    errors: list[BrokenRule] = []
    for question in definition.questions():
        if not question.type.takes_answer:
            continue
        if _is_declined(question, fields):
            if question.type is QuestionType.SELECT_MULTIPLE and len(_several(question, fields) or ()) > 1:
                errors.append(BrokenRule(question.name, EXCLUSIVE))
            else:
                answers[question.name] = None
            continue
        try:
            raw = _READERS[question.type](question, fields)
            value = None if raw is None else canonical_form(question)(raw)
        except NotAnAnswer as refusal:
            errors.append(BrokenRule(question.name, refusal.type, refusal.details))
            continue
        if value is not None:
            answers[question.name] = value
    return ParsedForm(answers, tuple(errors))


def _is_declined(question: Question, fields: Fields) -> bool:
    return DECLINED in fields.get(question.name, ())


def _first(question: Question, fields: Fields) -> str | None:
    """The first value that is not blank: a page may send an empty field before the real one."""
    return next((value for value in fields.get(question.name, ()) if value.strip()), None)


def _line(question: Question, fields: Fields) -> str | None:
    value = _first(question, fields)
    return None if value is None else value.strip()


def _several(question: Question, fields: Fields) -> list[str] | None:
    return [value.strip() for value in fields.get(question.name, ()) if value.strip()] or None


def _figure(question: Question, fields: Fields) -> str | None:
    value = _first(question, fields)
    return None if value is None else answer_digits(clean_line(value[:_LONGEST_FIGURE]))


def _number(question: Question, fields: Fields) -> str | None:
    text = _figure(question, fields)
    return re.sub("[, ]", "", text) if text and _GROUPED.fullmatch(text) else text


def _scale(question: Question, fields: Fields) -> int | None:
    return _face(_figure(question, fields))


def _face(text: str | None) -> int | None:
    if not text:
        return None
    if text not in ("1", "2", "3", "4", "5"):
        raise NotAnAnswer(NOT_ON_SCALE)
    return int(text)


def _grid(question: Question, fields: Fields) -> dict[str, int] | None:
    rows: dict[str, int] = {}
    for row in question.rows:
        values = [value for value in fields.get(f"{question.name}.{row.name}", ()) if value.strip()]
        face = _face(answer_digits(values[0].strip())) if values and values[0] != DECLINED else None
        if face is not None:
            rows[row.name] = face
    return rows or None


def _integer(question: Question, fields: Fields) -> int | None:
    text = _number(question, fields)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text):
        raise NotAnAnswer(NOT_WHOLE)
    return int(text)


def _decimal(question: Question, fields: Fields) -> str | None:
    text = _number(question, fields)
    if text in ("", "."):
        raise NotAnAnswer(NOT_DECIMAL)
    return f"0{text}" if text and text.startswith(".") else text


def _date(question: Question, fields: Fields) -> str | None:
    text = _figure(question, fields)
    if text is None:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise NotAnAnswer(NOT_A_DATE)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NotAnAnswer(NOT_A_DATE) from None


def _acknowledge(question: Question, fields: Fields) -> bool | None:
    value = _line(question, fields)
    if value is None:
        return None
    if value not in ("true", "1", "on", "OK"):
        raise NotAnAnswer(NOT_CONFIRMED)
    return True


_READERS: dict[QuestionType, Callable[[Question, Fields], AnswerValue]] = {
    QuestionType.SELECT_ONE: _line,
    QuestionType.SELECT_MULTIPLE: _several,
    QuestionType.SCALE: _scale,
    QuestionType.GRID: _grid,
    QuestionType.INTEGER: _integer,
    QuestionType.DECIMAL: _decimal,
    QuestionType.DATE: _date,
    QuestionType.TEXT: _first,
    QuestionType.LONG_TEXT: _first,
    QuestionType.ACKNOWLEDGE: _acknowledge,
}
