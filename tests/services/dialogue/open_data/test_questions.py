"""Questions and answers as lines: of what has results, and of no draft."""

from datetime import timedelta

from app.domain.surveys.reading import SurveyReading
from app.domain.surveys.survey import SurveyDefinition
from app.services.dialogue.open_data.questions import answer_lines, question_lines
from app.services.figures.releases import publish_releases
from app.services.surveys.readings import add_reading
from tests.factories import add_responses, add_survey, definition, question
from tests.factories.figures.desk import NOW, WEEK
from tests.services.dialogue.open_data.conftest import Opened
from tests.services.figures.editions.test_making import DUE, freeze


def test_in_the_order_in_which_they_are_asked(opened: Opened) -> None:
    add_survey(opened.session, slug="unanswered")
    lines = question_lines(opened.session, opened.scope())
    assert {line[:2] for line in lines} == {("visit", 1)}
    assert [line[2] for line in lines] == ["purpose", "respect", "overall", "comment", "money"]
    assert lines[2] == ("visit", 1, "overall", "", "scale", "overall कैसा रहा?", "How was overall?")


def test_each_row_of_a_table_of_questions_is_one(opened: Opened) -> None:
    version = add_survey(opened.session, definition([question("rooms", "grid")]), slug="rooms")
    rows = [row.name for row in SurveyDefinition.from_json(version.definition).question("rooms").rows]
    add_responses(opened.session, opened.busy, version, WEEK, [{"rooms": dict.fromkeys(rows, 4)}] * 40)
    publish_releases(opened.session, NOW)
    freeze(opened.session, opened.busy.id, DUE + timedelta(days=7))
    lines = [line for line in question_lines(opened.session, opened.scope(days=7)) if line[0] == "rooms"]
    assert [line[3] for line in lines] == rows
    assert all(" – " in str(line[6]) for line in lines)
    assert {line[0] for line in question_lines(opened.session, opened.scope())} == {"visit"}


def test_answers_have_the_words_of_pages(opened: Opened) -> None:
    reading = SurveyReading(said={"overall": {"hi": "खुश थे", "en": "were glad"}}, good={})
    add_reading(opened.session, opened.version, reading, actor_id=None, now=NOW)
    lines = {line[2:4]: line[4:] for line in answer_lines(opened.session, opened.scope())}
    assert lines["overall", "good"] == ("खुश थे", "people were glad")
    assert lines["respect", "good"] == ("अच्छा (सबसे अच्छे दो जवाब)", "good (the two best answers)")
    assert lines["overall", "5"] == ("बहुत अच्छा", "Very good")
    assert lines["overall", "(withheld)"][1] == "all withheld answers together"
    assert ("respect", "(without)") not in lines
    assert ("comment", "(all)") in lines
    assert ("comment", "(withheld)") not in lines
    assert len(lines) == len(answer_lines(opened.session, opened.scope()))
