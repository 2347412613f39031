"""Random questionnaires, and what a restless person answers to them."""

from random import Random
from typing import Any

from app.domain.responses.form_answers import DECLINED
from app.domain.surveys.survey import Question, QuestionType, SurveyDefinition
from tests.factories.surveys.surveys import definition, question

TYPES = (*(kind.value for kind in QuestionType), "note", "note", "select_one")
_WORDS = (
    "राम", "  दो   शब्द ", "a\u202eb", "e\u0301", "क\u093c", "पहली\n दूसरी", "5", "_declined", "\u200b", "x" * 30,
)  # fmt: skip
_FIGURES = (
    "0", "7", "३", " 12 ", "-4", "1,50,000", "150,000", "1 50 000", "2,5", "5 10", "1,2,3", ".", "1.000,00", "+007",
    "12.50", ".5", "2.", "0,500", "बारह", "999999999999999",
)  # fmt: skip
_DAYS = ("23-11-2026", "२२/११/2026", "2026-11-24", "1.1.2020", "31-02-2026", "कल")

Attempt = dict[str, list[str]]


def random_form(rng: Random) -> SurveyDefinition:
    """Two or three pages, whose conditions look back at any question before, on the same page too, and at the day."""
    asked: list[dict[str, Any]] = []
    pages = []
    for at in range(rng.randint(2, 3)):
        before = list(asked)
        page = [_random_question(rng, f"q{at}{number}", asked, first=at == 0) for number in range(rng.randint(2, 5))]
        if before and rng.random() < 0.3:
            page[0]["page_relevant"] = _condition(rng, before)
        pages.append(page)
    document = definition(*pages).to_json()
    for told, drawn in zip(document["pages"], pages, strict=True):
        told["relevant"] = drawn[0].get("page_relevant")
    return SurveyDefinition.from_json(document)


def _random_question(rng: Random, name: str, asked: list[dict[str, Any]], *, first: bool) -> dict[str, Any]:
    # Somebody has to be asked something.
    kind = rng.choice(TYPES) if asked else "select_one"
    made = question(name, kind, *("a", "b", "none") if kind.startswith("select") else ())
    if kind == "select_multiple":
        made["exclusive"] = ["none"]
    if kind == "grid":
        made["rows"] = [{"name": row, "label": {"hi": row, "en": row}} for row in ("seat", "fan")]
    if asked and rng.random() < 0.6:
        made["relevant"] = _condition(rng, asked)
    if kind == "integer" and rng.random() < 0.5:
        made["constraint"] = ["<=", ["self"], ["num", "200"]]
    if kind == "date" and rng.random() < 0.5:
        made["constraint"] = ["<=", ["self"], ["today"]]
    # Only the core can be demanded, since it may be sent alone.
    made["required"] = first and kind != "note" and rng.random() < 0.2
    if kind != "note":
        asked.append(made)
    return made


def _condition(rng: Random, asked: list[dict[str, Any]]) -> list[Any]:
    shape = rng.random()
    if shape < 0.6:
        return _about(rng.choice(asked), rng)
    if shape < 0.75:
        return ["not", _condition(rng, asked)]
    return [rng.choice(("and", "or")), _condition(rng, asked), _condition(rng, asked)]


def _about(made: dict[str, Any], rng: Random) -> list[Any]:
    name = ["get", made["name"]]
    match made["type"]:
        case "select_one":
            return [rng.choice(("=", "!=")), name, ["str", rng.choice("ab")]]
        case "select_multiple":
            return ["selected", name, ["str", rng.choice(("a", "none"))]]
        case "grid":
            return ["<", ["get", made["name"], "fan"], ["num", "4"]]
        case "scale" | "integer" | "decimal":
            return [rng.choice(("<", ">=")), name, ["num", "3"]]
        case "date":
            return [rng.choice(("=", "<")), name, ["today"]]
        case "acknowledge":
            return ["=", name, ["str", "OK"]]
        case _:
            return [rng.choice(("=", "!=")), name, ["str", ""]]


def random_attempts(rng: Random, asked: Question, count: int) -> list[Attempt]:
    """What somebody writes there, one time after the other: by field, as a form posts it."""
    return [_attempt(rng, asked) for _ in range(count)]


def _attempt(rng: Random, asked: Question) -> Attempt:
    chance = rng.random()
    if chance < 0.08:
        return {}
    if chance < 0.16:
        return {asked.name: [DECLINED]}
    names = [choice.name for choice in asked.choices]
    match asked.type:
        case QuestionType.SELECT_ONE | QuestionType.SCALE:
            return {asked.name: [rng.choice(names)]}
        case QuestionType.SELECT_MULTIPLE:
            return {asked.name: rng.sample([*names, DECLINED], rng.randint(1, 2))}
        case QuestionType.GRID:
            return {f"{asked.name}.{row.name}": [rng.choice(names)] for row in asked.rows if rng.random() < 0.8}
        case QuestionType.ACKNOWLEDGE:
            return {asked.name: ["true"]}
    typed = {QuestionType.INTEGER: _FIGURES, QuestionType.DECIMAL: _FIGURES, QuestionType.DATE: _DAYS}
    written = [rng.choice(typed.get(asked.type, _WORDS))]
    return {asked.name: [*written, DECLINED] if rng.random() < 0.1 else written}
