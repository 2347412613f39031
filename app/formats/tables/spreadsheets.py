"""Tables that people open in a spreadsheet program: written as CSV or XLSX, with cells that stay text.

A cell that begins like a formula would be run by Excel and LibreOffice on the machine of whoever opens the
file (OWASP, CSV injection), so it gets an apostrophe before it; reading takes that apostrophe away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter

Cell = str | int | float | Decimal | None

# The wide forms too: Excel on East Asian systems takes them for the narrow ones.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_GUARDED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def defuse(text: str) -> str:
    """The text as it may stand in a cell: an apostrophe before whatever could start a formula."""
    return "'" + text if _FORMULA.match(text) else text


def rearm(text: str) -> str:
    """The text as it was before `defuse`."""
    return text[1:] if _GUARDED.match(text) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel shows Hindi as noise; every cell quoted, lines end CRLF.

    Numbers are written as they are; only text can start a formula. None is an empty cell.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([defuse(name) for name in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    # Half of a surrogate pair is no text and cannot be written.
    return out.getvalue().encode("utf-8-sig", "replace")


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "Sheet1") -> bytes:
    """One sheet with a bold first row that stays in view; text is stored as text and never as a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(header):
            page.write_string(0, column, defuse(name), bold)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(at, column, defuse(cell))
                elif cell is not None:
                    page.write_number(at, column, cell)
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return defuse(cell) if isinstance(cell, str) else str(cell)
