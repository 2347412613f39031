"""What the server and the phone must agree on, on the server; tests/browser/twins/test_answers.py asks the phone."""

from datetime import date
from typing import Any

import pytest

from app.domain.responses.answers import compile_survey
from app.domain.responses.form_answers import parse_form
from app.domain.surveys.walk import SurveyWalk
from tests.factories.rules.vectors import CASES, RULES, broken_rule, definition_of


def test_there_are_enough_vectors_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 100
    assert len({case["about"] for case in CASES}) == len(CASES)
    assert {case["survey"] for case in CASES} == RULES.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_vector(case: dict[str, Any]) -> None:
    definition, today = definition_of(RULES[case["survey"]]), date.fromisoformat(case["today"])
    found: dict[str, Any] = {}
    if "fields" in case:
        form = parse_form(definition, case["fields"])
        found["errors"] = [broken_rule(error.question, error.code, error.details) for error in form.errors]
    survey = compile_survey(definition)
    checked = survey.check(form.answers if "fields" in case else case["answers"], today)
    asked = survey.asked(checked.answers, today)
    notes = {question.name for question in definition.questions() if not question.type.takes_answer}
    assert SurveyWalk(definition).relevant(checked.answers, today) - notes == asked
    found |= {
        "answers": checked.answers,
        "broken": [broken_rule(rule.question, rule.code, rule.details, rule.words) for rule in checked.broken],
        "dropped": list(checked.dropped),
        "asked": [question.name for question in definition.questions() if question.name in asked],
    }
    assert found == case["expect"]
    assert list(found["answers"]) == list(case["expect"]["answers"])
