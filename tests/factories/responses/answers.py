"""A survey with a question of every type, a good answer to each, and what a check finds."""

from datetime import date
from typing import Any

from app.domain.responses.answers import compile_survey
from app.domain.surveys.survey import SurveyDefinition
from tests.factories.surveys.surveys import definition, question

ROWS = [{"name": name, "label": {"hi": name, "en": name}} for name in ("water", "toilet")]
EVERY_TYPE = definition(
    [
        question("one", "select_one", "a", "b"),
        question("many", "select_multiple", "a", "b", "none", exclusive=["none"]),
        question("face", "scale"),
        question("table", "grid", rows=ROWS),
        question("whole", "integer"),
        question("part", "decimal"),
        question("day", "date"),
        question("line", "text"),
        question("story", "long_text"),
        question("hello", "note"),
        question("seen", "acknowledge"),
    ]
)
GIVEN: dict[str, Any] = {
    "one": "a",
    "many": ["a", "b"],
    "face": 5,
    "table": {"water": 2, "toilet": 4},
    "whole": -3,
    "part": "12.5",
    "day": "2026-11-23",
    "line": "राम",
    "story": "पहली\nदूसरी",
    "seen": True,
}
TODAY = date(2026, 11, 23)


def check(survey: SurveyDefinition, **answers: Any) -> tuple[dict[str, Any], list[tuple[str, str]], tuple[str, ...]]:
    """What is kept, the questions and codes of broken rules, and what is dropped."""
    found = compile_survey(survey).check(answers, TODAY)
    return found.answers, [(broken.question, broken.code) for broken in found.broken], found.dropped
