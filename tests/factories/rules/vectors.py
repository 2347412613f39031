"""The shared vectors of reading and checking answers, as tests of either language want them."""

import json
from collections.abc import Mapping
from typing import Any

from app.domain.surveys.survey import SurveyDefinition
from tests.meta import ROOT

_DOCUMENT: dict[str, Any] = json.loads((ROOT / "tests/vectors/answers.json").read_text("utf-8"))


def _spelled_out(written: Any) -> Any:
    """`{"times": 3, "of": "x"}` as "xxx", wherever it stands."""
    if isinstance(written, list):
        return [_spelled_out(part) for part in written]
    if isinstance(written, dict):
        if written.keys() == {"times", "of"}:
            return written["of"] * written["times"]
        return {name: _spelled_out(part) for name, part in written.items()}
    return written


#: rules by name, as a phone has them
RULES: dict[str, Any] = _DOCUMENT["surveys"]
CASES: list[dict[str, Any]] = [_spelled_out(case) for case in _DOCUMENT["cases"]]


def definition_of(rules: Mapping[str, Any]) -> SurveyDefinition:
    """A survey with these rules, and no words."""
    document = json.loads(json.dumps(rules)) | {"title": {}}
    for question in (question for page in document["pages"] for question in page["questions"]):
        for part in (question, *question["choices"], *question["rows"]):
            part["label"] = {}
    return SurveyDefinition.from_json(document)


def broken_rule(question: str, code: str, details: Mapping[str, Any] | None, words: Any = None) -> list[Any]:
    """A broken rule as the vectors write it."""
    return [question, code, *([dict(details)] if details else []), *([dict(words)] if words else [])]
