"""Counting stored responses of a survey version."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures.counters import CounterLayout
from app.domain.json_value import JsonObject
from app.domain.responses.answers import compile_survey
from app.domain.surveys.survey import SurveyDefinition
from app.formats.wire.responses import read_answers
from app.models import SurveyVersion


class SurveyCounter:
    """A version's layout, and whom its conditional questions were asked."""

    def __init__(self, definition: SurveyDefinition) -> None:
        self.definition = definition
        self.layout = CounterLayout(definition)
        self._survey = compile_survey(definition)

    def count(self, answers: Iterable[str], week: date) -> list[int]:
        """The vector of these stored answers; conditions that ask for the day get the week's Monday."""

        def asked(given: JsonObject) -> frozenset[str]:
            return self._survey.asked(given, week)

        return self.layout.count((read_answers(text.encode()) for text in answers), asked)


def counter_of(session: Session, version_id: int) -> SurveyCounter:
    """The counter of a survey version; remembered by its text, which never changes once published."""
    return _counter(session.scalars(select(SurveyVersion.definition).where(SurveyVersion.id == version_id)).one())


@lru_cache(maxsize=64)
def _counter(definition: str) -> SurveyCounter:
    return SurveyCounter(SurveyDefinition.from_json(definition))
