"""Forms as workbooks, for people who write the next one."""

import io
from pathlib import Path

import openpyxl
import pytest

from app.formats.xlsform.reading import read_form
from app.formats.xlsform.workbook import as_workbook
from tests.factories.xlsform.forms import SMALL, STARTERS, as_csv, as_markdown, small


@pytest.mark.parametrize("file", sorted(STARTERS.glob("*.md")), ids=lambda file: file.stem)
def test_the_workbook_of_a_form_is_the_same_form(file: Path) -> None:
    content = file.read_bytes()
    book = read_form(as_workbook(content, file.name), "form.xlsx")
    assert book.definition is not None
    assert book.definition == read_form(content, file.name).definition


def test_every_cell_is_text_and_runs_as_nothing() -> None:
    form = small(survey=[SMALL["survey"][0], ["text", "a", "=1+1", "5", ""]])
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(as_csv(form), "form.csv")))
    assert {cell.data_type for row in book["survey"].iter_rows(min_row=2) for cell in row if cell.value} == {"s"}


def test_the_headings_stay_in_view() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(as_markdown(SMALL), "form.md")))
    assert [sheet.title for sheet in book] == ["survey", "choices", "settings"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
