"""Tables that people bring, and what they bring instead of a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem
from app.formats.tables import reading as table_reading
from app.formats.tables.reading import read_table
from tests.factories.tables import cells, outcome, refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_way_a_program_saves_it(encoding: str, mark: str, end: str) -> None:
    header = f"code{mark}name_hi_and_more{mark}x"
    text = end.join([header, f'1{mark}"थाना{mark} ""क"""{mark}y', ""])

    assert cells(read_table(text.encode(encoding))) == [
        ("code", "name_hi_and_more", "x"),
        ("1", f'थाना{mark} "क"', "y"),
    ]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = read_table(b'code,name\n\n1,"two\nlines"\n,\n2,b\n')
    assert [row.number for row in table.rows] == [1, 3, 5]


def test_the_separator_may_be_told_in_the_first_line() -> None:
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
def test_what_is_no_list_is_refused_in_words(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_the_row_with_unreadable_letters_is_named() -> None:
    with pytest.raises(Problem) as problem:
        read_table(b"code,name\n1,a\n2," + "café".encode("cp1252"))
    assert problem.value.details["row"] == 3


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_problem(content: bytes) -> None:
    assert outcome(content).startswith(("file.", "rows"))


def test_old_and_locked_files_are_told_apart() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
    assert refused(container) == "file.old_excel"
    assert refused(container + "EncryptedPackage".encode("utf-16-le")) == "file.locked"
