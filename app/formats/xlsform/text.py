"""What pyxform's readers of .csv and .md do not say: the encoding, the rows, and rows that do not fit."""

import codecs
import csv
import io
import re

from app.domain.problem import Problem
from app.formats.xlsform import problems as fp

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RULE = re.compile(r"[ \t]*\|[ \t|:-]*--[ \t|:-]*\|[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")

#: the sheets that mean anything here
SHEETS = ("survey", "choices", "settings")

#: for each sheet the row numbers of what pyxform takes as its data rows
Layout = dict[str, list[int]]


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or what its byte order mark says."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise fp.at("", None, None, fp.NOT_UTF8) from None
    if "\0" in text:
        raise fp.at("", None, None, fp.UNREADABLE, reason="NUL")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_rules(text: str) -> str:
    """Markdown without the lines of dashes below headers: with spaces in them pyxform takes them for a sheet."""
    return "\n".join("" if _RULE.fullmatch(line) else line for line in text.split("\n"))


def layout_of_markdown(text: str) -> Layout:
    """The line numbers of the data rows. Problems for rows longer than their header, all at once."""
    layout = _LayoutReader()
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped.startswith("|"):
            continue
        # A remark may stand behind the last bar.
        cells = [cell.strip() for cell in _PIPE.split(stripped[: stripped.rindex("|")])][1:]
        layout.take(cells, number)
    return layout.finished()


def layout_of_csv(text: str) -> tuple[str, Layout]:
    """The text with commas, whether it came with commas or tabs, and the row numbers of its data rows."""
    # Every row but a sheet's name begins with an empty cell, so the first mark of such a row tells.
    marks = [line[0] for line in text.split("\n") if line[:1] in (",", "\t")]
    dialect = csv.excel_tab if marks[:1] == ["\t"] else csv.excel
    layout = _LayoutReader()
    rows = list(csv.reader(io.StringIO(text, newline=""), dialect))
    for number, row in enumerate(rows, start=1):
        layout.take([cell.strip() for cell in row], number)
    plain = io.StringIO(newline="")
    # Two cells at least: pyxform takes a lone empty cell for the name of a sheet.
    csv.writer(plain).writerows([(row[0].strip() if row else ""), *(row[1:] or [""])] for row in rows)
    return plain.getvalue(), layout.finished()


class _LayoutReader:
    """Follows a text form row by row: a first cell names a sheet, the next row is its header."""

    def __init__(self) -> None:
        self._layout: Layout = {}
        self._name = ""
        self._headers: list[str] = []
        self._problems: list[Problem] = []

    def take(self, cells: list[str], number: int) -> None:
        if cells and cells[0]:
            self._begin(cells[0].lower(), number)
        content = cells[1:]
        if not self._name or not any(content):
            return
        if not self._headers:
            self._headers = content
            self._refuse_repeats(content, number)
            return
        self._layout[self._name].append(number)
        if self._is_ours() and any(content[len(self._headers) :]):
            self._problems.append(fp.at(self._name, number, None, fp.ROW_TOO_LONG))

    def finished(self) -> Layout:
        if self._problems:
            raise Problem(fp.UNREADABLE, parts=self._problems, sheet="", row=None, column=None, reason="rows")
        return self._layout

    def _begin(self, name: str, number: int) -> None:
        repeated = name in self._layout
        self._layout[name] = []
        self._name, self._headers = name, []
        if repeated and self._is_ours():
            self._problems.append(fp.at(name, number, None, fp.DUPLICATE_SHEET))

    def _is_ours(self) -> bool:
        return self._name in SHEETS

    def _refuse_repeats(self, headers: list[str], number: int) -> None:
        repeated = {header for header in headers if header and headers.count(header) > 1}
        for header in sorted(repeated) if self._is_ours() else ():
            self._problems.append(fp.at(self._name, number, header, fp.DUPLICATE_COLUMN, name=header))
