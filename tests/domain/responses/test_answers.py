import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.responses.answers import compile_survey
from app.domain.surveys.expression_syntax import parse_expression
from app.domain.surveys.survey import SurveyDefinition
from tests.factories.responses.answers import EVERY_TYPE, GIVEN, ROWS, TODAY, check
from tests.factories.surveys.surveys import definition, question


def rule(expression: str) -> list[Any]:
    return parse_expression(expression)


def test_good_answers_of_every_type_stay_as_they_are() -> None:
    assert check(EVERY_TYPE, **GIVEN) == (GIVEN, [], ())


@pytest.mark.parametrize("name", GIVEN)
def test_every_question_can_be_declined(name: str) -> None:
    assert check(EVERY_TYPE, **{name: None}) == ({name: None}, [], ())


def test_an_exclusive_choice_stands_alone() -> None:
    assert check(EVERY_TYPE, many=["none"])[1] == []
    assert check(EVERY_TYPE, many=["none", "a"]) == ({"many": ["a", "none"]}, [("many", "answer.exclusive")], ())


def test_answers_to_unknown_questions_and_notes_are_dropped() -> None:
    assert check(EVERY_TYPE, nobody="x", hello="y", one="a") == ({"one": "a"}, [], ("nobody", "hello"))


CASCADE = definition(
    [
        question("a", "select_one", "yes", "no"),
        question("b", "select_one", "yes", "no", relevant=rule("${a} = 'yes'")),
        question("c", "integer", relevant=rule("${b} = 'yes'"), required=True),
        question("d", "text", relevant=rule("${c} > 3")),
    ]
)


def test_what_is_not_relevant_is_dropped_with_all_that_hangs_on_it() -> None:
    given = {"a": "yes", "b": "yes", "c": 4, "d": "x"}
    assert check(CASCADE, **given) == (given, [], ())
    assert check(CASCADE, **{**given, "a": "no"}) == ({"a": "no"}, [], ("b", "c", "d"))
    assert check(CASCADE, **{**given, "b": None}) == ({"a": "yes", "b": None}, [], ("c", "d"))


def test_only_what_is_relevant_is_required() -> None:
    assert check(CASCADE, a="no")[1] == []
    assert check(CASCADE, a="yes", b="yes")[1] == [("c", "answer.required")]
    assert check(CASCADE, a="yes", b="yes", c=None)[1] == []


def test_a_bad_answer_counts_as_none_for_what_hangs_on_it() -> None:
    assert check(CASCADE, a="maybe", b="yes") == ({}, [("a", "answer.unknown_choice")], ("b",))


def test_relevance_may_look_forward() -> None:
    survey = definition([question("late", "text", relevant=rule("${early} = 1")), question("early", "integer")])
    assert check(survey, late="x", early=1) == ({"late": "x", "early": 1}, [], ())
    assert list(check(survey, early=1, late="x")[0]) == ["late", "early"]
    assert check(survey, late="x", early=2)[2] == ("late",)


def test_relevance_in_a_circle_is_refused() -> None:
    pages = [
        question("a", "integer", relevant=rule("${c} = 1")),
        question("b", "integer", relevant=rule("${a} = 1")),
        question("c", "integer", relevant=rule("${b} = 1")),
    ]
    with pytest.raises(Problem, match=r"survey\.circle"):
        compile_survey(definition(pages))


def test_a_page_that_is_not_relevant_drops_its_questions() -> None:
    document = definition([question("a", "integer")], [question("b", "integer", required=True)]).to_json()
    document["pages"][1]["relevant"] = rule("${a} = 1")
    survey = SurveyDefinition.from_json(document)
    assert check(survey, a=2, b=3) == ({"a": 2}, [], ("b",))
    assert check(survey, a=1)[1] == [("b", "answer.required")]


def test_a_constraint_keeps_the_answer_and_says_so_in_the_authors_words() -> None:
    words = {"hi": "0 से 120 तक", "en": "From 0 to 120"}
    survey = definition([question("age", "integer", constraint=rule(". >= 0 and . <= 120"), constraint_message=words)])
    found = compile_survey(survey).check({"age": 130}, TODAY)
    assert found.answers == {"age": 130}
    assert [(broken.code, broken.words) for broken in found.broken] == [("answer.constraint", words)]
    assert check(survey)[1] == check(survey, age=None)[1] == check(survey, age=5)[1] == []


def test_conditions_may_ask_for_the_day_and_for_rows_of_a_grid() -> None:
    survey = definition(
        [
            question("day", "date", constraint=rule(". <= today()")),
            question("table", "grid", rows=ROWS, required=True),
            question("why", "text", relevant=["<=", ["get", "table", "water"], ["num", "2"]]),
        ]
    )
    assert check(survey, day="2026-11-23", table={"water": 1, "toilet": 3}, why="x")[1:] == ([], ())
    assert check(survey, day="2026-11-24", table={"water": 3}, why="x")[1:] == (
        [("day", "answer.constraint"), ("table", "answer.required")],
        ("why",),
    )


CAME = definition(
    [
        question("came", "date", constraint=rule(". <= today()")),
        question("waited", "integer", relevant=rule("${came} = today()")),
        question("why_late", "text", relevant=rule("${came} < today()")),
        question("seen", "date", constraint=rule(". >= today() - 1")),
    ]
)


@pytest.mark.parametrize(
    ("answers", "kept_on"),
    [
        ({"came": "2026-11-23", "waited": 20}, "23"),
        ({"came": "2026-11-24", "waited": 20, "seen": "2026-11-23"}, "24"),
        ({"came": "2026-11-24", "why_late": "rain", "seen": "2026-11-24"}, "25"),
        # On no day do all fit: on the 24th one is dropped, on the 26th one is dropped and one breaks its rule.
        ({"came": "2026-11-24", "waited": 20, "why_late": "rain", "seen": "2026-11-24"}, "25"),
        # The same falls out on every day, and the latest is taken.
        ({"seen": "2026-11-30", "nobody": 1}, "26"),
    ],
)
def test_one_day_of_those_it_may_have_been_answered_on_is_taken_for_all_rules(
    answers: dict[str, Any], kept_on: str
) -> None:
    survey = compile_survey(CAME)
    day, first, last = (date(2026, 11, int(each)) for each in (kept_on, "23", "26"))
    found = survey.check_between(answers, first, last)
    assert found == survey.check(answers, day)
    latest_first = [survey.check(answers, date(2026, 11, each)).misfits for each in (26, 25, 24, 23)]
    assert latest_first.index(min(latest_first)) == 26 - day.day


def test_a_survey_that_asks_for_no_day_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    survey = compile_survey(definition([question("a", "integer", constraint=rule(". > 5"))]))
    days: list[date] = []
    check_on = survey.check
    monkeypatch.setattr(survey, "check", lambda answers, day: days.append(day) or check_on(answers, day))
    assert survey.check_between({"a": 1}, date(2026, 11, 23), date(2026, 11, 29)).misfits == 1
    assert days == [date(2026, 11, 29)]


def test_required_may_depend_on_a_later_answer() -> None:
    survey = definition(
        [question("a", "text", required=rule("${b} = 'yes'")), question("b", "select_one", "yes", "no")]
    )
    assert check(survey, b="yes")[1] == [("a", "answer.required")]
    assert check(survey, b="no")[1] == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*GIVEN, "hello", "nobody"]), json_values))
def test_whatever_is_sent_is_checked_and_checking_again_changes_nothing(answers: dict[str, Any]) -> None:
    survey = compile_survey(EVERY_TYPE)
    once = survey.check(answers, TODAY)
    json.dumps(once.answers)
    again = survey.check(once.answers, TODAY)
    assert again.answers == once.answers
    assert again.dropped == ()
    assert {broken.code for broken in again.broken} <= {"answer.exclusive"}
