"""Tables for programs: each text exactly as it is, however it is packed."""

import csv
import gzip
import hashlib
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.formats.tables.plain_csv import CsvFile, write_plain_csv

HOSTILE = ["=1+1", "@SUM(A1)", "-2", "+3", "'=1", '"quoted", twice""', "two\r\nlines", " blank ", "थाना", "\ttab"]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def test_no_text_is_changed_for_a_spreadsheet() -> None:
    assert read(write_plain_csv([HOSTILE])) == [HOSTILE]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_any_text_comes_back(rows: list[list[str]]) -> None:
    assert read(write_plain_csv(rows)) == rows


def test_no_mark_lines_end_as_the_standard_has_it_and_nothing_told_is_empty() -> None:
    assert write_plain_csv([("a", "b"), (None, 1), ("", -5)]) == b"a,b\r\n,1\r\n,-5\r\n"


def test_a_file_is_the_same_table_packed_and_measured(tmp_path: Path) -> None:
    files = [tmp_path / "one.csv.gz", tmp_path / "other.csv.gz"]
    for file in files:
        with CsvFile(file, ("a", "b")) as table:
            table.add([("थाना", 1)])
            table.add([])
            table.add([("=x", None), ("y", 2)])
        text = gzip.decompress(file.read_bytes())
        assert text == write_plain_csv([("a", "b"), ("थाना", 1), ("=x", None), ("y", 2)])
        assert (table.size, table.lines, table.digest) == (len(text), 3, hashlib.sha256(text).hexdigest())
    assert files[0].read_bytes() == files[1].read_bytes()
