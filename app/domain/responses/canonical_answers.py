"""The one form in which an answer to each type of question is kept.

`canonical_form(question)` gives the function that brings a raw answer, from JSON or from a form, into that
form, or raises `NotAnAnswer`. An empty answer comes back as None: it is the same as none.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from app.domain.free_text import MAX_TEXT, clean_line, clean_text
from app.domain.json_value import JsonValue
from app.domain.problem import ProblemType
from app.domain.surveys.expressions import to_text
from app.domain.surveys.survey import AnswerValue, Question, QuestionType

#: whole numbers that JavaScript holds exactly
MAX_DIGITS = 15
MAX_PLACES = 10
SCALE = range(1, 6)

UNKNOWN_CHOICE = ProblemType("answer.unknown_choice", 422, "Please choose one of the answers shown.")
NOT_ON_SCALE = ProblemType("answer.not_on_scale", 422, "Please choose one of the five faces.")
NOT_WHOLE = ProblemType("answer.not_whole", 422, "Please write a whole number, such as 3.")
NOT_DECIMAL = ProblemType("answer.not_decimal", 422, "Please write a number, such as 3 or 2.5.")
NOT_A_DATE = ProblemType("answer.not_a_date", 422, "Please write a date, such as 23-11-2026.")
TOO_LONG = ProblemType("answer.too_long", 422, "This is too long: please write at most %(most)s letters.")
NOT_TEXT = ProblemType("answer.not_text", 422, "Please write your answer in words.")
NOT_CONFIRMED = ProblemType("answer.not_confirmed", 422, "Please tick the box, or leave it.")

_DECIMAL = re.compile(rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{0,{MAX_PLACES}}})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Canonical = Callable[[JsonValue], AnswerValue]


class NotAnAnswer(Exception):
    """What was given is no answer to this question. `kept` is what can be kept of it, if anything."""

    def __init__(self, type_: ProblemType, kept: AnswerValue = None, **details: object) -> None:
        super().__init__(type_.code)
        self.type = type_
        self.kept = kept
        self.details = details


def canonical_form(question: Question) -> Canonical:
    """The function that brings a raw answer to this question into the form that is kept."""
    match question.type:
        case QuestionType.SELECT_ONE:
            return _one_of(frozenset(choice.name for choice in question.choices))
        case QuestionType.SELECT_MULTIPLE:
            return _some_of(tuple(choice.name for choice in question.choices))
        case QuestionType.GRID:
            return _grid(tuple(row.name for row in question.rows))
        case QuestionType.TEXT:
            return _text(clean_line)
        case QuestionType.LONG_TEXT:
            return _text(clean_text)
        case _:
            return _SIMPLE[question.type]


def _one_of(names: frozenset[str]) -> Canonical:
    def canonical(raw: JsonValue) -> str | None:
        if type(raw) is not str or raw not in names:
            if raw == "":
                return None
            raise NotAnAnswer(UNKNOWN_CHOICE)
        return raw

    return canonical


def _some_of(names: tuple[str, ...]) -> Canonical:
    known = frozenset(names)

    def canonical(raw: JsonValue) -> list[str] | None:
        if not isinstance(raw, list | tuple) or not all(isinstance(name, str) for name in raw):
            raise NotAnAnswer(UNKNOWN_CHOICE)
        given = set(raw)
        chosen = [name for name in names if name in given]
        if not given <= known:
            raise NotAnAnswer(UNKNOWN_CHOICE, chosen or None)
        return chosen or None

    return canonical


def _scale(raw: JsonValue) -> int:
    if type(raw) is not int or raw not in SCALE:
        raise NotAnAnswer(NOT_ON_SCALE)
    return raw


def _grid(rows: tuple[str, ...]) -> Canonical:
    known = frozenset(rows)

    def canonical(raw: JsonValue) -> dict[str, int] | None:
        if not isinstance(raw, dict):
            raise NotAnAnswer(NOT_ON_SCALE)
        kept = {row: face for row in rows if type(face := raw.get(row)) is int and face in SCALE}
        if len(kept) < sum(value is not None for value in raw.values()) or not raw.keys() <= known:
            raise NotAnAnswer(NOT_ON_SCALE, kept or None)
        return kept or None

    return canonical


def _integer(raw: JsonValue) -> int:
    if type(raw) is not int or abs(raw) >= 10**MAX_DIGITS:
        raise NotAnAnswer(NOT_WHOLE)
    return raw


def _decimal(raw: JsonValue) -> str | None:
    if type(raw) is int and abs(raw) < 10**MAX_DIGITS:
        return str(raw)
    if raw == "":
        return None
    if type(raw) is not str or not _DECIMAL.fullmatch(raw):
        raise NotAnAnswer(NOT_DECIMAL)
    return to_text(Decimal(raw))


def _date(raw: JsonValue) -> str | None:
    if raw == "":
        return None
    try:
        if type(raw) is not str or not _DATE.fullmatch(raw):
            raise NotAnAnswer(NOT_A_DATE)
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        raise NotAnAnswer(NOT_A_DATE) from None


def _text(clean: Callable[[str], str]) -> Canonical:
    def canonical(raw: JsonValue) -> str | None:
        if type(raw) is not str:
            raise NotAnAnswer(NOT_TEXT)
        # Cut before cleaning too: normalising a megabyte to keep two thousand letters would be a gift.
        text = clean(raw[: 4 * MAX_TEXT])
        if len(text) > MAX_TEXT or len(raw) > 4 * MAX_TEXT:
            raise NotAnAnswer(TOO_LONG, clean(text[:MAX_TEXT]) or None, most=MAX_TEXT)
        return text or None

    return canonical


def _acknowledge(raw: JsonValue) -> bool | None:
    if raw is False:
        return None
    if raw is not True:
        raise NotAnAnswer(NOT_CONFIRMED)
    return True


_SIMPLE: dict[QuestionType, Canonical] = {
    QuestionType.SCALE: _scale,
    QuestionType.INTEGER: _integer,
    QuestionType.DECIMAL: _decimal,
    QuestionType.DATE: _date,
    QuestionType.ACKNOWLEDGE: _acknowledge,
}
