"""Checking the twelve answers of a long station visit, as it is done for every response."""

from collections.abc import Iterator
from datetime import date

from app.domain.json_value import JsonObject
from app.domain.responses.answers import compile_survey
from app.domain.surveys.survey import SurveyDefinition
from app.services.surveys.surveys import read_starter
from tests.benchmarks.harness.measure import Figure, cpu_side_by_side

TIMES = 5_000
TODAY = date(2026, 11, 23)
#: a visit with a complaint, so that the questions which depend on that are asked too
ANSWERS: JsonObject = {
    "purpose": "complaint",
    "respect": 4,
    "heard": 3,
    "extra_money": "no",
    "satisfied": 4,
    "waiting": "under_60",
    "taken": "complaint_taken",
    "free_copy": "free",
    "explained": 3,
    "pressure": "no",
    "watched": None,
    "change": ["manners", "updates"],
}


def figures() -> Iterator[Figure]:
    reading = read_starter("station-visit")
    if reading.definition is None:
        raise RuntimeError("the station visit cannot be read")
    survey = compile_survey(reading.definition)
    if survey.check(ANSWERS, TODAY).answers != ANSWERS:
        raise RuntimeError("the answers are not what the survey asks")
    spent = cpu_side_by_side(
        {
            "check": lambda: [survey.check(ANSWERS, TODAY) for _ in range(TIMES)],
            "compile": lambda: [_compiled(reading.definition) for _ in range(TIMES // 100)],
        }
    )
    yield Figure("answers, twelve checked", spent["check"] / TIMES * 1e6, "µs CPU", 25)
    yield Figure("answers, a survey compiled", spent["compile"] / (TIMES // 100) * 1e6, "µs CPU")


def _compiled(definition: SurveyDefinition | None) -> object:
    return definition and compile_survey(definition)
