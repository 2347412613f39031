"""XLSX workbooks, read with openpyxl behind limits: what is unpacked, how many tags and rows, how much time."""

import io
import time as clock
import warnings
from datetime import datetime, time
from typing import Any

import openpyxl

from app.domain.problem import Problem, ProblemType
from app.formats.tables.workbook_bounds import Bounds, WorkbookDamagedError, WorkbookTooLargeError, require_within

#: twenty thousand rows of thirty cells, and the texts in them
BOUNDS = Bounds(most_bytes=48 * 1024 * 1024, most_tags=2_500_000)
#: of this thread's own processor time
MOST_SECONDS = 10.0

WORKBOOK_UNREADABLE = ProblemType(
    "file.unreadable", 422, "The workbook cannot be read. Open it, save it again as .xlsx, and try once more."
)
WORKBOOK_NOT_EXCEL = ProblemType(
    "file.not_excel", 422, "This is no Excel workbook. Save the list as .xlsx or as “CSV UTF-8” and choose that file."
)
WORKBOOK_BOMB = ProblemType(
    "file.unpacks_too_large", 413, "The workbook is too large when unpacked. Save the list alone as a new .xlsx file."
)
WORKBOOK_SHEETS = ProblemType(
    "file.several_sheets",
    422,
    "Several sheets hold something: %(sheets)s. Keep only the sheet with the list, and save the file again.",
)
WORKBOOK_LONG = ProblemType("file.sheet_too_long", 422, "The sheet has more than %(most)d rows. Split it into several.")

_EMPTY_ROWS_BORNE = 100_000

Rows = list[tuple[int, list[str]]]


def read_workbook(content: bytes, *, most_rows: int, most_columns: int) -> tuple[str, Rows]:
    """The name of the only visible sheet that holds anything, and its rows with their numbers, as text."""
    _check_container(content)
    with warnings.catch_warnings():
        # It warns of styles and extensions that it does not know; they hold no cells.
        warnings.simplefilter("ignore")
        try:
            return _read_sheets(content, most_rows, most_columns)
        except Problem:
            raise
        except Exception:
            # A damaged workbook makes openpyxl fail in many ways: KeyError, ValueError, TypeError, ParseError …
            raise Problem(WORKBOOK_UNREADABLE) from None


def _check_container(content: bytes) -> None:
    try:
        names = require_within(content, BOUNDS)
    except WorkbookTooLargeError:
        raise Problem(WORKBOOK_BOMB) from None
    except WorkbookDamagedError:
        raise Problem(WORKBOOK_UNREADABLE) from None
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Problem(WORKBOOK_NOT_EXCEL)


def _read_sheets(content: bytes, most_rows: int, most_columns: int) -> tuple[str, Rows]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [
            (sheet.title, _read_rows(sheet, most_rows, most_columns))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    finally:
        book.close()
    full = [(title, rows) for title, rows in sheets if rows]
    if len(full) > 1:
        raise Problem(WORKBOOK_SHEETS, sheets=", ".join(title for title, _ in full))
    return full[0] if full else ("", [])


def _read_rows(sheet: Any, most_rows: int, most_columns: int) -> Rows:
    # Some programs write a wrong size of the sheet, and rows beyond it would be lost.
    sheet.reset_dimensions()
    rows: Rows = []
    last = 0
    until = clock.thread_time() + MOST_SECONDS
    for number, cells in enumerate(sheet.iter_rows(max_col=most_columns + 1, values_only=True), 1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            rows.append((number, texts))
            last = number
        if len(rows) > most_rows or number - last > _EMPTY_ROWS_BORNE:
            raise Problem(WORKBOOK_LONG, most=most_rows)
        if clock.thread_time() > until:
            raise Problem(WORKBOOK_BOMB)
    return rows


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without .0, dates in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    return str(cell)
