"""What is refused, with its place: sheet, row and column."""

import pytest

from app.formats.xlsform.reading import read_form
from tests.factories.xlsform.forms import CHOICES, HINDI, SMALL, as_markdown, found, settings, small, survey_rows


def codes(*rows: list[str], columns: tuple[str, ...] = ()) -> list[str]:
    sheets = {**survey_rows(*rows, columns=columns), "choices": CHOICES}
    return [problem[-1] for problem in found(sheets)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "a", *HINDI], "form.no_type"),
        (["colour", "a", *HINDI], "form.unknown_type"),
        (["image", "a", *HINDI], "form.unsupported_type"),
        (["calculate", "a", *HINDI], "form.unsupported_type"),
        (["rank yes_no", "a", *HINDI], "form.unsupported_type"),
        (["begin_repeat", "a", *HINDI], "form.unsupported_type"),
        (["select_one_from_file x.csv", "a", *HINDI], "form.unsupported_type"),
        (["select_one ${b}", "a", *HINDI], "form.unsupported_type"),
        (["select_one", "a", *HINDI], "form.unsupported_type"),
        (["deviceid", "a", *HINDI], "form.identifying_type"),
        (["geopoint", "a", *HINDI], "form.identifying_type"),
        (["start", "a", *HINDI], "form.identifying_type"),
        (["select_one yes_no or_other", "a", *HINDI], "form.or_other"),
        (["select_one nowhere", "a", *HINDI], "form.unknown_list"),
        (["text", "", *HINDI], "form.no_name"),
        (["text", "a b", *HINDI], "form.bad_name"),
        (["text", "_declined", *HINDI], "form.bad_name"),
        (["text", "grid.row", *HINDI], "form.bad_name"),
        (["text", "प्रश्न", *HINDI], "form.bad_name"),
        (["text", "a", "", ""], "form.no_label"),
        (["text", "a", "आपने ${b} कहा?", "x"], "form.piped_text"),
        (["text", "a", "x" * 2001, "x"], "form.text_too_long"),
        (["end_group", "", "", ""], "form.unopened_group"),
    ],
)
def test_a_row_is_refused(row: list[str], code: str) -> None:
    assert code in codes(row, ["text", "b", *HINDI])


@pytest.mark.parametrize(
    ("column", "cell", "kind", "code"),
    [
        ("appearance", "map", "select_one yes_no", "form.unsupported_appearance"),
        ("appearance", "faces", "select_one yes_no", "form.scale_list"),
        ("default", "yes", "text", "form.unsupported_column"),
        ("calculation", "1", "text", "form.unsupported_column"),
        ("choice_filter", "x=1", "select_one yes_no", "form.unsupported_column"),
        ("media::image::en", "a.png", "text", "form.unsupported_column"),
        ("relevent", "1 = 1", "text", "form.unknown_column"),
        ("hint::Klingon", "x", "text", "form.unknown_language"),
        ("constraint", ". >", "integer", "expression.empty"),
        ("constraint", "pulldata('a')", "integer", "expression.unknown_function"),
        ("constraint", "regex(., '(a+)+')", "text", "pattern.nested_repeat"),
        ("relevant", "${nobody} = 1", "text", "form.unknown_question"),
        ("relevant", ". = 1", "text", "form.dot_outside"),
        ("relevant", "${b} = 'maybe'", "text", "form.unknown_choice"),
        ("relevant", "selected(${b}, 'maybe')", "text", "form.unknown_choice"),
        ("relevant", "${a} = 'x'", "text", "survey.circle"),
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


def test_everything_that_is_wrong_is_said_at_once() -> None:
    problems = found(
        {
            "settings": settings(samvad_kind="exam", submission_url="https://example.in"),
            "survey": [
                ["type", "name", "label", "relevant", "default"],
                ["geopoint", "a", "x", "", ""],
                ["text", "b", "", "${z} = 1", ""],
                ["text", "b", "x", "", "y"],
            ],
            "choices": [
                ["list_name", "name", "label"],
                ["", "x", "x"],
                ["l", "a b", ""],
                ["l", "c", "x"],
                ["l", "c", "x"],
            ],
        }
    )
    assert problems == [
        ("settings", 3, "samvad_kind", "form.unknown_kind"),
        ("settings", 3, "submission_url", "form.unsupported_setting"),
        ("survey", 6, "type", "form.identifying_type"),
        ("survey", 7, "label", "form.no_label"),
        ("survey", 7, "relevant", "form.unknown_question"),
        ("survey", 8, "name", "form.duplicate_name"),
        ("survey", 8, "default", "form.unsupported_column"),
        ("choices", 11, "list_name", "form.no_list_name"),
        ("choices", 12, "name", "form.bad_name"),
        ("choices", 12, "label", "form.no_label"),
        ("choices", 14, "name", "form.duplicate_choice"),
    ]


def test_groups_must_open_close_and_hold_something() -> None:
    assert codes(["begin_group", "g", *HINDI], ["text", "a", *HINDI]) == ["form.unclosed_group"]
    assert codes(["begin_group", "g", *HINDI], ["end_group", "", "", ""], ["text", "a", *HINDI]) == ["form.empty_group"]
    nested = [
        ["begin_group", "g", *HINDI],
        ["begin_group", "h", *HINDI],
        ["text", "a", *HINDI],
        ["end_group", "", "", ""],
    ]
    assert codes(*nested, ["end_group", "", "", ""]) == ["form.nested_group"]


def test_a_table_list_holds_one_five_point_list_and_no_rules_of_rows() -> None:
    begin, end = ["begin_group", "g", *HINDI, "table-list", ""], ["end_group", "", "", "", "", ""]

    def table(*rows: list[str]) -> list[str]:
        return codes(begin, *rows, end, columns=("appearance", "relevant"))

    assert table(["select_one extent", "a", *HINDI, "", ""]) == []
    assert table(["select_one yes_no", "a", *HINDI, "", ""]) == ["form.scale_list"]
    assert table(["select_one extent", "a", *HINDI, "", ""], ["text", "b", *HINDI, "", ""]) == ["form.grid_row_type"]
    assert table(["select_one extent", "a", *HINDI, "", "1 = 1"]) == ["form.grid_row_rule"]


def test_expressions_name_neither_tables_nor_notes() -> None:
    rows = [
        ["begin_group", "g", *HINDI, "table-list", ""],
        ["select_one extent", "r", *HINDI, "", ""],
        ["end_group", "", "", "", "", ""],
        ["note", "n", *HINDI, "", ""],
        ["text", "a", *HINDI, "", "${g} = 1 or ${n} = 1"],
    ]
    assert codes(*rows, columns=("appearance", "relevant")) == ["form.named_grid", "form.named_note"]


@pytest.mark.parametrize(
    ("kind", "key"),
    [("select_one yes_no", "maybe"), ("integer", "x"), ("decimal", "x"), ("select_multiple yes_no", "z")],
)
def test_the_key_of_a_quiz_must_be_an_answer(kind: str, key: str) -> None:
    sheets = {**survey_rows([kind, "a", *HINDI, key], columns=("key",)), "settings": settings(samvad_kind="quiz")}
    assert [problem[-1] for problem in found(sheets)] == ["form.bad_key"]


def test_a_quiz_needs_a_key() -> None:
    assert [p[-1] for p in found({**SMALL, "settings": settings(samvad_kind="quiz")})] == ["form.quiz_without_key"]


def test_a_form_must_ask_something() -> None:
    assert codes(["note", "a", *HINDI]) == ["form.no_questions"]
    assert [p[-1] for p in found(small(survey=[["type", "name", "label"]]))] == ["form.no_questions"]


def test_columns_that_a_sheet_needs_are_missed_by_name() -> None:
    problems = read_form(as_markdown({"survey": [["kind", "label"], ["text", "x"]]}), "form.md").problems
    assert {problem.details["name"] for problem in problems} >= {"type", "name"}


def test_two_headers_of_one_meaning_are_refused() -> None:
    sheets = {"survey": [["type", "name", "label::en", "label::English (en)"], ["text", "a", "x", "y"]]}
    assert [problem[-1] for problem in found(sheets)] == ["form.duplicate_column"]


def test_too_many_questions_are_refused() -> None:
    assert codes(*(["text", f"q{at}", *HINDI] for at in range(301))) == ["form.too_many_questions"]
