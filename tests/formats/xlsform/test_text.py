"""Forms in CSV and Markdown: every way a program saves them, with the rows that people see."""

from app.formats.xlsform.reading import read_form
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
