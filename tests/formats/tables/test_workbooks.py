"""Workbooks as spreadsheet programs save them, damaged ones, and ones that mean harm."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.formats.tables import workbooks
from app.formats.tables.reading import read_table
from app.formats.tables.spreadsheets import write_xlsx
from tests.factories.tables import cells, outcome, refused, with_parts, workbook


def test_cells_are_read_as_people_see_them() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["कोड", "n", "day", "moment", "half", "yes"])
        book.active.append([23.0, 7, date(2026, 3, 31), datetime.fromisoformat("2026-03-31T09:30:00"), 0.5, True])

    table = read_table(workbook(fill))
    assert table.sheet == "Sheet"
    assert cells(table)[1] == ("23", "7", "2026-03-31", "2026-03-31T09:30:00", "0.5", "True")


def test_rows_keep_their_numbers() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A2"], book.active["B5"] = "code", "x"

    assert [(row.number, row.cells) for row in read_table(workbook(fill)).rows] == [(2, ("code",)), (5, ("", "x"))]


def test_empty_and_hidden_sheets_are_passed_over() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "list"
        book.create_sheet("empty")
        hidden = book.create_sheet("hidden")
        hidden["A1"], hidden.sheet_state = "secret", "hidden"

    assert cells(read_table(workbook(fill))) == [("list",)]


def test_two_full_sheets_are_refused_by_name() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "list"
        book.create_sheet("notes")["A1"] = "note"

    with pytest.raises(Problem) as problem:
        read_table(workbook(fill))
    assert problem.value.details["sheets"] == "Sheet, notes"


def test_a_sheet_without_end_is_refused() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"], book.active["A1048576"] = "code", "x"

    assert refused(workbook(fill)) == "file.sheet_too_long"


def test_a_cell_far_to_the_right_is_too_wide() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["x"] * 61)

    assert refused(workbook(fill)) == "file.too_wide"


def test_other_containers_are_no_workbooks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(out.getvalue()) == "file.not_excel"
    assert refused(b"PK\x03\x04 and nothing more") == "file.unreadable"


def test_what_unpacks_without_end_is_not_unpacked() -> None:
    bomb = with_parts({"xl/worksheets/sheet1.xml": b" " * (workbooks.BOUNDS.most_bytes + 1)})
    assert len(bomb) < 100_000
    assert refused(bomb) == "file.unpacks_too_large"
    assert refused(with_parts({f"xl/{n}.xml": b"" for n in range(1_001)})) == "file.unpacks_too_large"


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def test_48_kilobytes_of_empty_cells_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        pytest.fail("they were read")

    bomb = with_parts({"xl/worksheets/sheet1.xml": SHEET % (b"<row>" + b"<c/>" * 11_500_000 + b"</row>")})
    assert len(bomb) < 60_000
    monkeypatch.setattr(workbooks, "_read_sheets", read)
    assert refused(bomb) == "file.unpacks_too_large"


def test_reading_ends_when_it_took_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_SECONDS", -1)
    assert refused(write_xlsx(["code"], [["x"]])) == "file.unpacks_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_entities_are_refused_before_they_are_read(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    assert refused(with_parts({"xl/sharedStrings.xml": text.encode(encoding)})) == "file.unreadable"


def test_a_damaged_workbook_is_refused() -> None:
    good = write_xlsx(["code"], [["x"]])
    assert refused(good[: len(good) // 2]) == "file.unreadable"
    assert refused(with_parts({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})) == "file.unreadable"


@given(st.integers(0, 5_000), st.integers(0, 255))
def test_one_wrong_byte_is_a_table_or_a_problem(at: int, byte: int) -> None:
    content = bytearray(write_xlsx(["code", "name"], [["1", "थाना"]]))
    content[at % len(content)] = byte
    assert outcome(bytes(content)).startswith(("file.", "rows"))
