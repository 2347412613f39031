"""Tables as files, and how reading them ends."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from app.domain.problem import Problem
from app.domain.table import Table
from app.formats.tables.reading import read_table
from app.formats.tables.spreadsheets import write_xlsx


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
