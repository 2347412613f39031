"""Tables for programs: CSV as RFC 4180 has it, every text as it is.

Nothing is put before a text that a spreadsheet program would take for a formula, as `spreadsheets` does for what people
open: the data would no longer be the data. UTF-8 without a mark, lines end CRLF, an empty cell is None.
"""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

#: of gzip: tables are as small with it as with 9 but for a tenth, and are made in a third of the time
_LEVEL = 4


def write_plain_csv(rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """These lines, the first of them the names of the columns if it is a whole file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


class CsvFile:
    """A table that is written piece by piece, compressed as browsers take it, and measured as it reads."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._file = path.open("wb")
        # No name and no time in it: the same table has the same bytes.
        self._out = gzip.GzipFile("", "wb", _LEVEL, self._file, mtime=0)
        self._digest = hashlib.sha256()
        self.size = self.lines = 0
        self._write([header])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._out.close()
        self._file.close()

    @property
    def digest(self) -> str:
        """SHA-256 of the table as it reads, in hexadecimal digits."""
        return self._digest.hexdigest()

    def add(self, rows: Sequence[Sequence[str | int | None]]) -> None:
        self._write(rows)
        self.lines += len(rows)

    def _write(self, rows: Sequence[Sequence[str | int | None]]) -> None:
        text = write_plain_csv(rows)
        self._digest.update(text)
        self.size += len(text)
        self._out.write(text)
