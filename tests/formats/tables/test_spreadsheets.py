"""Tables written and read: what a spreadsheet program makes of them, and what people bring instead of a table."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.domain.table import Table
from app.formats.tables import reading as table_reading
from app.formats.tables import workbooks
from app.formats.tables.reading import read_table
from app.formats.tables.spreadsheets import defuse, rearm, write_csv, write_xlsx

DATA = Path(os.environ.get("SAMVAD_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "  =1", "'=1"]


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def refused(content: bytes) -> str:
    with pytest.raises(Problem) as problem:
        read_table(content)
    assert problem.value.sentence()
    return problem.value.code


def outcome(content: bytes) -> str:
    """How reading ends: the code of a problem, or `rows`."""
    try:
        return "rows" if read_table(content).rows else "nothing"
    except Problem as problem:
        return problem.code


def workbook(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(parts: dict[str, bytes], base: bytes | None = None) -> bytes:
    """A workbook in which some parts are replaced or added."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(base or write_xlsx(["code"], [["x"]])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.pop(name, source.read(name)))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


class TestWriting:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_cell_starts_a_formula(self, text: str) -> None:
        written = write_csv([text], [[text]])
        for row in csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")):
            assert row[0].startswith("'")
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx([text], [[text]])))
        assert {cell.data_type for row in book.active.rows for cell in row} == {"s"}

    def test_every_cell_is_quoted_and_hindi_opens_in_excel(self) -> None:
        assert write_csv(["नाम", "n"], [["थाना", 5], [None, 2.5]]) == (
            b"\xef\xbb\xbf" + '"नाम","n"\r\n"थाना","5"\r\n"","2.5"\r\n'.encode()
        )

    def test_negative_numbers_stay_numbers(self) -> None:
        assert b'"-5"' in write_csv(["n"], [[-5]])

    @given(st.text())
    def test_guarding_a_cell_loses_nothing(self, text: str) -> None:
        assert rearm(defuse(text)) == text

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, max_size=4))
    def test_what_is_written_is_read_again(self, row: list[str]) -> None:
        if not row[-1].strip():
            row.append("x")
        assert cells(read_table(write_csv(["h"] * len(row), [row]))) == [("h",) * len(row), tuple(row)]

    @pytest.mark.skipif(not (DATA / "blns.json").is_file(), reason="the list of hostile strings is not here")
    @pytest.mark.parametrize("write", [write_csv, write_xlsx])
    def test_hostile_strings_survive(self, write: Callable[..., bytes]) -> None:
        texts = [
            text
            for text in json.loads((DATA / "blns.json").read_text("utf-8"))
            # What XML cannot hold, a workbook cannot either.
            if text.strip() and not any(ord(char) < 32 or char in "\ufffe\uffff" for char in text)
        ]
        table = read_table(write(["a", "text"], [["x", text] for text in texts]))
        assert [row.cells[1] for row in table.rows[1:]] == texts


class TestReadingCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_way_a_program_saves_it(self, encoding: str, mark: str, end: str) -> None:
        header = f"code{mark}name_hi_and_more{mark}x"
        text = end.join([header, f'1{mark}"थाना{mark} ""क"""{mark}y', ""])

        assert cells(read_table(text.encode(encoding))) == [
            ("code", "name_hi_and_more", "x"),
            ("1", f'थाना{mark} "क"', "y"),
        ]

    def test_rows_are_numbered_as_a_spreadsheet_shows_them(self) -> None:
        table = read_table(b'code,name\n\n1,"two\nlines"\n,\n2,b\n')
        assert [row.number for row in table.rows] == [1, 3, 5]

    def test_the_separator_may_be_told_in_the_first_line(self) -> None:
        table = read_table(b"sep=;\r\na;b,c\r\n")
        assert [(row.number, row.cells) for row in table.rows] == [(2, ("a", "b,c"))]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file.empty"),
            (b"  \r\n \n", "file.empty"),
            (b"\xef\xbb\xbf,,\n,,\n", "file.empty"),
            (b"code,name\n1,Caf\xe9\n", "file.encoding"),
            (b'code,name\n1,"open\n2,b\n', "file.quotes"),
            (b'code,name\n1,"a"b\n', "file.quotes"),
            (b"%PDF-1.7\n%\xe2\xe3", "file.no_table"),
            (b"\x89PNG\r\n\x1a\n\0\0", "file.no_table"),
            (b"<!DOCTYPE html><table>", "file.no_table"),
            (b"a,b\0c\n", "file.no_table"),
            (bytes(range(256)), "file.no_table"),
            (b"\xff\xfe\x00\xd8", "file.no_table"),
            (b"a," * 61 + b"b\n", "file.too_wide"),
            (b"a,b\n" + b"1,2\n" * 20_000, "file.too_long"),
            (b"a,b\n1," + b"x" * 2_001, "file.cell_too_long"),
            (b"x" * (table_reading.MOST_BYTES + 1), "file.too_large"),
        ],
    )
    def test_what_is_no_list_is_refused_in_words(self, content: bytes, code: str) -> None:
        assert refused(content) == code

    def test_the_row_with_unreadable_letters_is_named(self) -> None:
        with pytest.raises(Problem) as problem:
            read_table(b"code,name\n1,a\n2," + "café".encode("cp1252"))
        assert problem.value.details["row"] == 3

    @given(st.binary(max_size=300))
    def test_any_bytes_are_a_table_or_a_problem(self, content: bytes) -> None:
        assert outcome(content).startswith(("file.", "rows"))


class TestReadingWorkbooks:
    def test_cells_are_read_as_people_see_them(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.active.append(["कोड", "n", "day", "moment", "half", "yes"])
            book.active.append([23.0, 7, date(2026, 3, 31), datetime.fromisoformat("2026-03-31T09:30:00"), 0.5, True])

        table = read_table(workbook(fill))
        assert table.sheet == "Sheet"
        assert cells(table)[1] == ("23", "7", "2026-03-31", "2026-03-31T09:30:00", "0.5", "True")

    def test_rows_keep_their_numbers(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.active["A2"], book.active["B5"] = "code", "x"

        assert [(row.number, row.cells) for row in read_table(workbook(fill)).rows] == [(2, ("code",)), (5, ("", "x"))]

    def test_empty_and_hidden_sheets_are_passed_over(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.active["A1"] = "list"
            book.create_sheet("empty")
            hidden = book.create_sheet("hidden")
            hidden["A1"], hidden.sheet_state = "secret", "hidden"

        assert cells(read_table(workbook(fill))) == [("list",)]

    def test_two_full_sheets_are_refused_by_name(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.active["A1"] = "list"
            book.create_sheet("notes")["A1"] = "note"

        with pytest.raises(Problem) as problem:
            read_table(workbook(fill))
        assert problem.value.details["sheets"] == "Sheet, notes"

    def test_a_sheet_without_end_is_refused(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.active["A1"], book.active["A1048576"] = "code", "x"

        assert refused(workbook(fill)) == "file.sheet_too_long"

    def test_a_cell_far_to_the_right_is_too_wide(self) -> None:
        def fill(book: openpyxl.Workbook) -> None:
            book.active.append(["x"] * 61)

        assert refused(workbook(fill)) == "file.too_wide"

    def test_other_containers_are_no_workbooks(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert refused(out.getvalue()) == "file.not_excel"
        assert refused(b"PK\x03\x04 and nothing more") == "file.unreadable"

    def test_old_and_locked_files_are_told_apart(self) -> None:
        container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
        assert refused(container) == "file.old_excel"
        assert refused(container + "EncryptedPackage".encode("utf-16-le")) == "file.locked"

    def test_what_unpacks_without_end_is_not_unpacked(self) -> None:
        bomb = with_parts({"xl/worksheets/sheet1.xml": b" " * (workbooks.MOST_UNPACKED + 1)})
        assert len(bomb) < 100_000
        assert refused(bomb) == "file.unpacks_too_large"
        assert refused(with_parts({f"xl/{n}.xml": b"" for n in range(1_001)})) == "file.unpacks_too_large"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_entities_are_refused_before_they_are_read(self, encoding: str) -> None:
        text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
        assert refused(with_parts({"xl/sharedStrings.xml": text.encode(encoding)})) == "file.unreadable"

    def test_a_damaged_workbook_is_refused(self) -> None:
        good = write_xlsx(["code"], [["x"]])
        assert refused(good[: len(good) // 2]) == "file.unreadable"
        assert refused(with_parts({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})) == "file.unreadable"

    @given(st.integers(0, 5_000), st.integers(0, 255))
    def test_one_wrong_byte_is_a_table_or_a_problem(self, at: int, byte: int) -> None:
        content = bytearray(write_xlsx(["code", "name"], [["1", "थाना"]]))
        content[at % len(content)] = byte
        assert outcome(bytes(content)).startswith(("file.", "rows"))
