"""Stored answers counted by the layout of their own version."""

from datetime import date

from sqlalchemy.orm import Session

from app.services.figures.counting.survey_counters import SurveyCounter, counter_of
from tests.factories import add_survey
from tests.factories.surveys.surveys import add_version, definition, question

WEEK = date(2026, 6, 1)
ASKED = definition(
    [
        question("purpose", "select_one", "complaint", "other"),
        question("copy", "select_one", "yes", "no", relevant=["=", ["get", "purpose"], ["str", "complaint"]]),
    ]
)


def counts(counter: SurveyCounter, vector: list[int]) -> dict[str, tuple[int, int, int]]:
    read = counter.layout.read(vector)
    return {part.question.name: (told.asked, told.answered, told.unanswered) for part, told in read}


def test_a_question_with_a_condition_was_asked_of_those_it_is_meant_for(session: Session) -> None:
    counter = counter_of(session, add_survey(session, ASKED).id)
    stored = ['{"purpose":"complaint"}', '{"copy":"yes","purpose":"complaint"}', '{"purpose":"other"}', "{}"]
    vector = counter.count(stored, WEEK)
    assert counts(counter, vector) == {"purpose": (4, 3, 1), "copy": (2, 1, 1)}


def test_each_version_is_counted_by_its_own_words(session: Session) -> None:
    first = add_survey(session, ASKED)
    second = add_version(session, first, definition([question("overall", "scale")]))
    other = add_survey(session, ASKED)
    assert [len(counter_of(session, version.id).layout.parts) for version in (first, second)] == [2, 1]
    # Made once for a text, however many versions have it.
    assert counter_of(session, other.id) is counter_of(session, first.id)
