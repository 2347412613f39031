"""Reading the sheets of an XLSForm with pyxform's readers, and mending what they do silently.

pyxform decides what a cell means, so that Samvad reads what every other XLSForm tool reads. Its readers are
called directly rather than through its converter, which stops at the first error and knows no rows. Traps
met: they stop at 60 blank rows or 20 blank columns without a word; .csv and .md drop blank rows, so that row
numbers drift; a row longer than its header, a BOM, a number as header or a second sheet of one name raise
errors of their own making (IndexError, KeyError, AttributeError); xlrd prints to standard output.
"""

import io
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlrd
from openpyxl import load_workbook
from pyxform import xls2json_backends
from pyxform.errors import PyXFormError

from app.domain.free_text import without_controls
from app.domain.problem import Problem
from app.formats.tables.workbook_bounds import Bounds, WorkbookTooLargeError, require_within
from app.formats.xlsform import problems as fp
from app.formats.xlsform.text import SHEETS, decoded, layout_of_csv, layout_of_markdown, without_rules

MAX_BYTES = 3_000_000
#: five thousand rows of twenty cells, twice over
BOUNDS = Bounds(most_bytes=50_000_000, most_tags=800_000)
MAX_ROWS = 5_000
MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class SheetRow:
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet by the headers as written, with the row numbers that a spreadsheet shows."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]


class _Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


def _open_quietly(*args: object, **kwargs: object) -> Any:
    return xlrd.open_workbook(*args, **{**kwargs, "logfile": _Nowhere()})


# xlrd binds sys.stdout as its log at import; what it says there would be taken for our own output.
xls2json_backends.xlrd_open = _open_quietly


def read_sheets(data: bytes, filename: str) -> dict[str, Sheet]:
    """The sheets survey, choices and settings of a form. The content decides what kind of file it is.

    Problems, with `parts`: whatever keeps the file from being read at all.
    """
    if not data.strip():
        raise fp.at("", None, None, fp.EMPTY_FILE)
    if len(data) > MAX_BYTES:
        raise fp.at("", None, None, fp.FILE_TOO_LARGE, most=MAX_BYTES // 1_000_000)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data, filename)
    except Problem:
        raise
    except Exception as error:
        # Readers of foreign formats fail with whatever their damage meets first; all of it means one thing.
        reason = str(error) if isinstance(error, PyXFormError) else type(error).__name__
        raise fp.at("", None, None, fp.UNREADABLE, reason=reason[:300]) from error


def _read(data: bytes, filename: str) -> dict[str, Sheet]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _spreadsheet(xls2json_backends.xls_to_dict, data, _extent_of_xls)
    if data.startswith(b"PK\x03\x04"):
        _refuse_bomb(data)
        return _spreadsheet(xls2json_backends.xlsx_to_dict, data, _extent_of_xlsx)
    text = decoded(data)
    if filename.lower().endswith(".md") or text.lstrip().startswith("|"):
        text = without_rules(text)
        return _text_sheets(xls2json_backends.md_to_dict, text, layout_of_markdown(text))
    text, layout = layout_of_csv(text)
    return _text_sheets(xls2json_backends.csv_to_dict, text, layout)


def _refuse_bomb(data: bytes) -> None:
    try:
        require_within(data, BOUNDS)
    except WorkbookTooLargeError:
        raise fp.at("", None, None, fp.UNPACKS_TOO_LARGE, most=BOUNDS.most_bytes // 1_000_000) from None


Extents = dict[str, tuple[int, int]]
Row = dict[str, object]
#: what pyxform reads: the rows of each sheet, and under "NAME_header" one row of its headers
Book = dict[str, list[Row]]


def _spreadsheet(reader: Callable[[bytes], Book], data: bytes, extents: Callable[[bytes], Extents]) -> dict[str, Sheet]:
    real = extents(data)
    book = reader(data)
    sheets = {}
    for name in SHEETS:
        if name not in book:
            continue
        headers, rows = _headers(book, name), book[name]
        last_row, named_columns = real.get(name) or next(iter(real.values()))
        if last_row > len(rows) + 1:
            raise fp.at(name, last_row, None, fp.ROWS_BEYOND)
        if named_columns > len(headers):
            raise fp.at(name, 1, None, fp.COLUMNS_BEYOND)
        sheets[name] = _sheet(name, headers, rows, range(2, len(rows) + 2))
    return sheets


def _extent_of_xlsx(data: bytes) -> Extents:
    """The last row of each sheet that holds anything, and how many columns its header names."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        return {
            sheet.title.lower(): _extent(sheet.title, sheet.iter_rows(values_only=True))
            for sheet in book.worksheets
            if sheet.title.lower() in SHEETS or len(book.worksheets) == 1
        }
    finally:
        book.close()


def _extent_of_xls(data: bytes) -> Extents:
    book = _open_quietly(file_contents=data)
    return {
        sheet.name.lower(): _extent(sheet.name, (sheet.row_values(row) for row in range(sheet.nrows)))
        for sheet in book.sheets()
        if sheet.name.lower() in SHEETS or book.nsheets == 1
    }


def _extent(name: str, rows: Iterable[Sequence[object]]) -> tuple[int, int]:
    last_row = 0
    named: list[int] = []
    for number, row in enumerate(rows, start=1):
        if number > 20 * MAX_ROWS:
            raise fp.at(name, number, None, fp.TOO_MANY_ROWS, most=MAX_ROWS)
        if number == 1:
            named = [at for at, value in enumerate(row) if not _is_blank(value)]
        if any(at < len(row) and not _is_blank(row[at]) for at in named):
            last_row = number
    return last_row, len(named)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text_sheets(reader: Callable[[bytes], Book], text: str, layout: dict[str, list[int]]) -> dict[str, Sheet]:
    book = reader(text.encode())
    sheets = {}
    for name in SHEETS:
        if name in book:
            rows = book[name]
            numbers = layout.get(name, [])
            exact = len(numbers) == len(rows)
            sheets[name] = _sheet(name, _headers(book, name), rows, numbers if exact else range(2, len(rows) + 2))
    return sheets


def _headers(book: Book, name: str) -> tuple[str, ...]:
    found = book.get(f"{name}_header") or [{}]
    return tuple(str(header) for header in found[0] if header not in (None, "", "None"))


def _cells(row: Row) -> dict[str, str]:
    return {str(key): without_controls(str(value)) for key, value in row.items() if key and not _is_blank(value)}


def _sheet(name: str, headers: tuple[str, ...], rows: list[Row], numbers: Iterable[int]) -> Sheet:
    if len(rows) > MAX_ROWS:
        raise fp.at(name, MAX_ROWS + 1, None, fp.TOO_MANY_ROWS, most=MAX_ROWS)
    if len(headers) > MAX_COLUMNS:
        raise fp.at(name, 1, None, fp.COLUMNS_BEYOND)
    return Sheet(
        name,
        headers,
        tuple(SheetRow(number, _cells(row)) for number, row in zip(numbers, rows, strict=True)),
    )
