"""The questionnaire that departments begin with, as it is published."""

from datetime import date

from app.domain.surveys.survey import SurveyDefinition, SurveyKind
from app.domain.surveys.walk import SurveyWalk
from app.services.surveys.surveys import read_starter

DAY = date(2026, 11, 23)


def station_visit() -> SurveyDefinition:
    definition = read_starter("station-visit").definition
    assert definition is not None
    return definition


def test_the_station_visit_asks_six_questions_and_then_at_most_ten() -> None:
    definition = station_visit()
    core, *more = definition.pages
    assert definition.kind is SurveyKind.SURVEY
    names = [question.name for question in core.questions]
    assert names == ["purpose", "respect", "heard", "extra_money", "satisfied", "watched"]
    assert sum(len(page.questions) for page in more) <= 10
    assert "change" in {question.name for page in more for question in page.questions}


def test_whoever_is_watched_is_told_to_leave_before_more_is_asked() -> None:
    core, *_more = station_visit().pages
    hint = core.questions[-1].hint
    assert hint == {
        "hi": "कोई देख रहा हो, तो अभी निकल जाएँ और घर से जवाब दें।",
        "en": "If anyone is watching, you may leave now and answer at home.",
    }
    # A title that counts is wrong as soon as a question joins.
    assert core.title == {"hi": "छोटे सवाल", "en": "Short questions"}


def test_whoever_never_went_there_is_asked_nothing_else() -> None:
    walk = SurveyWalk(station_visit())
    every = {question.name for question in walk.definition.questions()}
    assert walk.relevant({"purpose": "never"}, DAY) == {"purpose"}
    assert walk.following(0, {"purpose": "never"}, DAY) is None
    needs_an_answer = {"taken", "free_copy"}
    assert every - walk.relevant({}, DAY) == needs_an_answer
    assert walk.relevant({"purpose": "fir", "taken": "fir_written"}, DAY) == every
