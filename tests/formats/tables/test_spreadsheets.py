"""Tables written: what a spreadsheet program makes of them, and that nothing is lost."""

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.tables.reading import read_table
from app.formats.tables.spreadsheets import defuse, rearm, write_csv, write_xlsx
from tests.factories.tables import cells

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "  =1", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_a_formula(text: str) -> None:
    written = write_csv([text], [[text]])
    for row in csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")):
        assert row[0].startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([text], [[text]])))
    assert {cell.data_type for row in book.active.rows for cell in row} == {"s"}


def test_every_cell_is_quoted_and_hindi_opens_in_excel() -> None:
    assert write_csv(["नाम", "n"], [["थाना", 5], [None, 2.5]]) == (
        b"\xef\xbb\xbf" + '"नाम","n"\r\n"थाना","5"\r\n"","2.5"\r\n'.encode()
    )


def test_negative_numbers_stay_numbers() -> None:
    assert b'"-5"' in write_csv(["n"], [[-5]])


@given(st.text())
def test_guarding_a_cell_loses_nothing(text: str) -> None:
    assert rearm(defuse(text)) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=4))
def test_what_is_written_is_read_again(row: list[str]) -> None:
    if not row[-1].strip():
        row.append("x")
    assert cells(read_table(write_csv(["h"] * len(row), [row]))) == [("h",) * len(row), tuple(row)]


@pytest.mark.skipif(not (DATA / "blns.json").is_file(), reason="the list of hostile strings is not here")
@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_hostile_strings_survive(write: Callable[..., bytes]) -> None:
    texts = [
        text
        for text in json.loads((DATA / "blns.json").read_text("utf-8"))
        # What XML cannot hold, a workbook cannot either.
        if text.strip() and not any(ord(char) < 32 or char in "\ufffe\uffff" for char in text)
    ]
    table = read_table(write(["a", "text"], [["x", text] for text in texts]))
    assert [row.cells[1] for row in table.rows[1:]] == texts
