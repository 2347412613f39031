from app.domain.responses.answer_words import AnswerLine, in_words
from tests.factories.surveys.surveys import definition, question

ROWS = [{"name": "water", "label": {"hi": "पानी", "en": "Water"}}]
SURVEY = definition(
    [
        question("respect", "scale"),
        question("purpose", "select_one", "complaint", "other"),
        question("change", "select_multiple", "manners", "water"),
        question("place", "grid", rows=ROWS),
        question("seen", "acknowledge"),
        question("age", "integer"),
    ]
)


def test_answers_are_said_as_they_were_read() -> None:
    answers = {
        "respect": 2,
        "purpose": None,
        "change": ["manners", "gone"],
        "place": {"water": 5},
        "seen": True,
        "age": 41,
    }
    assert in_words([SURVEY], answers, {}, "en") == (
        AnswerLine("How was respect?", "Bad"),
        AnswerLine("How was purpose?", None),
        AnswerLine("How was change?", "manners; gone"),
        AnswerLine("How was place?", "Water: Very good"),
        AnswerLine("How was seen?", "✓"),
        AnswerLine("How was age?", "41"),
    )


def test_what_broke_a_rule_is_shown_as_it_came() -> None:
    (line,) = in_words([SURVEY], {}, {"respect": "<b>?"}, "hi")
    assert line == AnswerLine("respect कैसा रहा?", '"<b>?"', broke_rules=True)


def test_an_older_version_lends_its_words() -> None:
    older = definition([question("gone", "select_one", "yes")])
    (line,) = in_words([SURVEY, older], {"gone": "yes"}, {}, "hi")
    assert line.answer == "yes हिन्दी"
