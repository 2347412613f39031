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
