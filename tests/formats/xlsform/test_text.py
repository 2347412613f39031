"""Forms in CSV and Markdown: every way a program saves them, with the rows that people see."""

import pytest

from app.formats.xlsform.reading import read_form
from app.formats.xlsform.text import decoded, layout_of_csv, layout_of_markdown, without_rules
from tests.factories.xlsform.forms import SMALL, as_csv, as_markdown


def test_a_table_with_a_line_of_dashes_is_read() -> None:
    text = as_markdown(SMALL).decode().splitlines()
    text.insert(5, "| --- | :--- | --- | ---: | --- | --- |")
    assert [problem.code for problem in read_form("\n".join(text).encode(), "form.md").problems] == []


def test_rows_longer_than_their_header_and_sheets_that_repeat_are_named_all_at_once() -> None:
    text = as_csv(SMALL).decode() + ",yes_no,maybe,x,x,x,x\nsurvey\n,type,name,name\n"
    problems = read_form(text.encode(), "form.csv").problems
    assert [(problem.details["sheet"], problem.details["row"], problem.code) for problem in problems] == [
        ("choices", 12, "form.row_too_long"),
        ("survey", 13, "form.duplicate_sheet"),
        ("survey", 14, "form.duplicate_column"),
    ]


def test_text_from_excel_is_read_with_its_byte_order_mark() -> None:
    text = as_csv(SMALL, "\t").decode()
    expected = read_form(as_markdown(SMALL), "form.md").definition
    for encoding in ("utf-8-sig", "utf-16"):
        assert read_form(text.encode(encoding), "form.txt").definition == expected


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeffथाना".encode(), "थाना"),
        ("थाना".encode("utf-16"), "थाना"),
    ],
)
def test_a_text_is_what_its_mark_says_with_plain_line_ends(data: bytes, text: str) -> None:
    assert decoded(data) == text


def test_a_sheet_of_a_text_has_the_rows_that_people_see() -> None:
    lines = [
        "| survey |",
        "| | type | name |",
        "a remark",
        "| | text | a | behind",
        "",
        "| | text | b\\|c |",
        "| other |",
    ]
    assert layout_of_markdown("\n".join(lines)) == {"survey": [4, 6], "other": []}


@pytest.mark.parametrize("mark", [",", "\t"])
def test_cells_of_several_lines_are_one_row(mark: str) -> None:
    text = f'survey\n{mark}type{mark}name\n\n{mark}"te\nxt"{mark}a\n{mark}text{mark}b\n'
    plain, layout = layout_of_csv(text)
    assert layout == {"survey": [4, 5]}
    assert '"te\nxt",a' in plain


def test_sheets_that_mean_nothing_here_may_be_as_they_like() -> None:
    assert layout_of_markdown("| notes |\n| | a | a |\n| | 1 | 2 | 3 |\n| notes |") == {"notes": []}


def test_a_line_of_dashes_is_a_rule_and_one_with_words_is_not() -> None:
    assert without_rules("| --- | :--: |\n| -- a |\n|-|") == "\n| -- a |\n|-|"
