"""Rows of questions: each cell is read, or complained of where it stands."""

import pytest

from app.domain.surveys.survey import QuestionType
from tests.factories.xlsform.forms import (
    CHOICES,
    HINDI,
    codes,
    found,
    good,
    settings,
    survey_rows,
)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["select_one nowhere", "a", *HINDI], "form.unknown_list"),
        (["text", "", *HINDI], "form.no_name"),
        (["text", "a b", *HINDI], "form.bad_name"),
        (["text", "_declined", *HINDI], "form.bad_name"),
        (["text", "grid.row", *HINDI], "form.bad_name"),
        (["text", "प्रश्न", *HINDI], "form.bad_name"),
        (["text", "a", "", ""], "form.no_label"),
    ],
)
def test_a_row_is_refused(row: list[str], code: str) -> None:
    assert code in codes(row, ["text", "b", *HINDI])


@pytest.mark.parametrize(
    ("column", "cell", "kind", "code"),
    [
        ("appearance", "map", "select_one yes_no", "form.unsupported_appearance"),
        ("appearance", "faces", "select_one yes_no", "form.scale_list"),
        ("constraint", ". >", "integer", "expression.empty"),
        ("constraint", "pulldata('a')", "integer", "expression.unknown_function"),
        ("constraint", "regex(., '(a+)+')", "text", "pattern.nested_repeat"),
        ("required", "yes", "note", "form.column_not_here"),
        ("key", "yes", "select_one yes_no", "form.key_outside_quiz"),
    ],
)
def test_a_cell_is_refused(column: str, cell: str, kind: str, code: str) -> None:
    second = ["select_one yes_no", "b", *HINDI, ""]
    problems = found({**survey_rows([kind, "a", *HINDI, cell], second, columns=(column,)), "choices": CHOICES})
    assert [problem[-1] for problem in problems] == [code]
    assert problems[0][0] == "survey"
    assert problems[0][2] in (column, "type")


def test_a_select_with_faces_is_a_scale_and_keeps_the_order_of_its_words() -> None:
    sheets = {
        **survey_rows(["select_one extent", "heard", *HINDI, "faces"], columns=["appearance"]),
        "choices": CHOICES,
    }
    question = good(sheets).question("heard")
    assert question.type is QuestionType.SCALE
    assert [choice.name for choice in question.choices] == ["5", "4", "3", "2", "1"]


def test_the_key_of_a_quiz_has_the_form_of_an_answer() -> None:
    rows = [["select_one yes_no", "a", *HINDI, "yes"], ["integer", "b", *HINDI, "1930"], ["text", "c", *HINDI, ""]]
    sheets = {**survey_rows(*rows, columns=["key"]), "settings": settings(samvad_kind="quiz")}
    assert [question.key for question in good(sheets).questions()] == ["yes", 1930, None]


def test_recordings_are_named_for_each_language() -> None:
    columns = ["audio::हिन्दी (hi)"]
    assert good(survey_rows(["text", "a", *HINDI, "a-hi.mp3"], columns=columns)).question("a").audio == {
        "hi": "a-hi.mp3"
    }
    problems = found(survey_rows(["text", "a", *HINDI, "../a.mp3"], columns=columns))
    assert problems == [("survey", 6, columns[0], "form.bad_audio")]


@pytest.mark.parametrize(
    ("kind", "key"),
    [("select_one yes_no", "maybe"), ("integer", "x"), ("decimal", "x"), ("select_multiple yes_no", "z")],
)
def test_the_key_of_a_quiz_must_be_an_answer(kind: str, key: str) -> None:
    sheets = {**survey_rows([kind, "a", *HINDI, key], columns=("key",)), "settings": settings(samvad_kind="quiz")}
    assert [problem[-1] for problem in found(sheets)] == ["form.bad_key"]
