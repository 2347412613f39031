"""What expressions name: questions and choices that there are."""

import pytest

from app.domain.surveys.survey import QuestionType
from tests.factories.xlsform.forms import (
    CHOICES,
    HINDI,
    codes,
    found,
    good,
    survey_rows,
)


@pytest.mark.parametrize(
    ("column", "cell", "kind", "code"),
    [
        ("relevant", "${nobody} = 1", "text", "form.unknown_question"),
        ("relevant", ". = 1", "text", "form.dot_outside"),
        ("relevant", "${b} = 'maybe'", "text", "form.unknown_choice"),
        ("relevant", "selected(${b}, 'maybe')", "text", "form.unknown_choice"),
    ],
)
def test_a_reference_is_refused(column: str, cell: str, kind: str, code: str) -> None:
    second = ["select_one yes_no", "b", *HINDI, ""]
    problems = found({**survey_rows([kind, "a", *HINDI, cell], second, columns=(column,)), "choices": CHOICES})
    assert [problem[-1] for problem in problems] == [code]
    assert problems[0][0] == "survey"
    assert problems[0][2] in (column, "type")


def test_expressions_name_neither_tables_nor_notes() -> None:
    rows = [
        ["begin_group", "g", *HINDI, "table-list", ""],
        ["select_one extent", "r", *HINDI, "", ""],
        ["end_group", "", "", "", "", ""],
        ["note", "n", *HINDI, "", ""],
        ["text", "a", *HINDI, "", "${g} = 1 or ${n} = 1"],
    ]
    assert codes(*rows, columns=("appearance", "relevant")) == ["form.named_grid", "form.named_note"]


def test_a_table_list_is_a_grid_whose_rows_expressions_may_name() -> None:
    rows = [
        ["begin_group", "place", *HINDI, "table-list", ""],
        ["select_one extent", "water", *HINDI, "", ""],
        ["select_one extent", "toilet", *HINDI, "", ""],
        ["end_group", "", "", "", "", ""],
        ["text", "why", *HINDI, "", "${water} < 3"],
    ]
    survey = good({**survey_rows(*rows, columns=["appearance", "relevant"]), "choices": CHOICES})
    grid = survey.question("place")
    assert grid.type is QuestionType.GRID
    assert [row.name for row in grid.rows] == ["water", "toilet"]
    assert len(grid.choices) == 5
    assert survey.question("why").relevant == ["<", ["get", "place", "water"], ["num", "3"]]


def test_a_choice_is_compared_from_either_side_and_by_a_dot() -> None:
    columns = ("relevant", "constraint")
    choice = ["select_one yes_no", "b", *HINDI]
    asked = ["text", "a", *HINDI]
    assert codes([*choice, "", ". = 'maybe'"], columns=columns) == ["form.unknown_choice"]
    assert codes(choice, [*asked, "'maybe' != ${b}"], columns=columns) == ["form.unknown_choice"]
    assert codes(choice, [*asked, "${b} = 'yes' or ${b} = ''"], columns=columns) == []


def test_what_the_rules_of_a_page_name_is_looked_for_too() -> None:
    rows = [["text", "a", *HINDI], ["begin_group", "more", *HINDI, "${nobody} = 1"], ["text", "b", *HINDI]]
    assert codes(*rows, ["end_group", "", "", ""], columns=("relevant",)) == ["form.unknown_question"]
