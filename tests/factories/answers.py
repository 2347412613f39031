"""A survey with a question of every type, and a good answer to each."""

from typing import Any

from tests.factories.surveys import definition, question

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
