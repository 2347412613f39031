"""Reading tables that people bring: CSV as Excel and others write it, and XLSX. Anything else is refused in words.

What a file is decides its content, never its name.
"""

import csv
import io
import re

from app.domain.free_text import without_controls
from app.domain.problem import Problem, ProblemType
from app.domain.table import Table, TableRow
from app.formats.tables.spreadsheets import rearm
from app.formats.tables.workbooks import read_workbook

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000

FILE_EMPTY = ProblemType("file.empty", 422, "The file is empty.")
FILE_LARGE = ProblemType("file.too_large", 413, "The file is larger than %(megabytes)d MB. Split it into several.")
FILE_LONG = ProblemType("file.too_long", 422, "The file has more than %(most)d rows. Split it into several.")
FILE_WIDE = ProblemType(
    "file.too_wide", 422, "Row %(row)d has more than %(most)d columns. Keep only those that are needed."
)
FILE_OLD_EXCEL = ProblemType(
    "file.old_excel", 422, "This is a file of old Excel (.xls). Open it and save it as .xlsx or as “CSV UTF-8”."
)
FILE_LOCKED = ProblemType(
    "file.locked", 422, "The file is protected by a password. Open it, remove the password, and save it again."
)
FILE_NO_TABLE = ProblemType(
    "file.no_table", 422, "This is no table. Save the list as .xlsx or as “CSV UTF-8” and choose that file."
)
FILE_ENCODING = ProblemType(
    "file.encoding",
    422,
    "The letters in row %(row)d cannot be read. Save the file as “CSV UTF-8” or as .xlsx; plain “CSV” loses Hindi.",
)
FILE_QUOTES = ProblemType(
    "file.quotes",
    422,
    "Row %(row)d cannot be read: a quotation mark is missing or too many. Correct it, or save the list as .xlsx.",
)
FILE_CELL_LONG = ProblemType(
    "file.cell_too_long", 422, "A cell in row %(row)d is longer than %(most)d letters. A quotation mark may be missing."
)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How Office names the stream of an encrypted workbook inside its container.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(?P<delimiter>[,;\t|])\r?\n?")


def read_table(content: bytes, *, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES) -> Table:
    """The rows that hold anything, each with its number, cells as text and without what `defuse` put before them.

    Raises a Problem whose code begins with `file.`, with a sentence that says what to do.
    """
    if not content.strip():
        raise Problem(FILE_EMPTY)
    if len(content) > most_bytes:
        raise Problem(FILE_LARGE, megabytes=most_bytes // 1024 // 1024)
    if content.startswith(_OLE):
        raise Problem(FILE_LOCKED if _ENCRYPTED in content else FILE_OLD_EXCEL)
    if content.startswith(_ZIP):
        sheet, numbered = read_workbook(content, most_rows=most_rows, most_columns=MOST_COLUMNS)
    else:
        sheet, numbered = None, _read_csv(_decode(content), most_rows)
    rows = tuple(_checked(number, cells) for number, cells in numbered if any(cell.strip() for cell in cells))
    if not rows:
        raise Problem(FILE_EMPTY)
    if len(rows) > most_rows:
        raise Problem(FILE_LONG, most=most_rows)
    return Table(rows, sheet)


def _checked(number: int, cells: list[str]) -> TableRow:
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise Problem(FILE_WIDE, row=number, most=MOST_COLUMNS)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Problem(FILE_CELL_LONG, row=number, most=LONGEST_CELL)
    return TableRow(number, tuple(rearm(without_controls(cell)) for cell in cells))


def _decode(content: bytes) -> str:
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig" or b"\0" in content or _looks_binary(content):
            raise Problem(FILE_NO_TABLE) from None
        raise Problem(FILE_ENCODING, row=content[: error.start].count(b"\n") + 1) from None
    if "\0" in text or _looks_binary(content):
        raise Problem(FILE_NO_TABLE)
    return text


def _encoding(content: bytes) -> str:
    """By the byte order mark; without one, UTF-16 shows by the empty half of every letter of the headings."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:40]
    if len(head) > 3 and not any(head[1::2]) and all(head[::2]):
        return "utf-16-le"
    if len(head) > 3 and not any(head[::2]) and all(head[1::2]):
        return "utf-16-be"
    return "utf-8-sig"


def _looks_binary(content: bytes) -> bool:
    return content.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"<!DOCTYPE", b"<html")
    )


def _read_csv(text: str, most_rows: int) -> list[tuple[int, list[str]]]:
    text, skipped, delimiter = _told_separator(text)
    delimiter = delimiter or _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = skipped
    try:
        for cells in reader:
            number += 1
            rows.append((number, cells))
            if len(rows) > 10 * most_rows:
                raise Problem(FILE_LONG, most=most_rows)
    except csv.Error:
        raise Problem(FILE_QUOTES, row=number + 1) from None
    return rows


def _told_separator(text: str) -> tuple[str, int, str | None]:
    """Excel lets the first line say what parts the cells, such as `sep=;`."""
    told = _SEPARATOR_LINE.match(text)
    return (text[told.end() :], 1, told["delimiter"]) if told else (text, 0, None)


def _delimiter(text: str) -> str:
    """What parts the cells of the first line that holds anything, where it stands outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=lambda mark: (outside.count(mark), mark == ","))
