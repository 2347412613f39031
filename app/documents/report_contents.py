"""What a file of many reports holds, as a table: a line for each place, also for those of which there is nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.places.place import BilingualName
from app.formats.tables.spreadsheets import Cell, write_csv

HEADER = ("number", "code", "name_hi", "name_en", "pages_hi", "pages_en")
NO_RESULTS = "no results"


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A place in the order of the register. `pages` is by language; empty if there are no results."""

    number: int
    code: str
    name: BilingualName
    pages: dict[str, int]


def write_report_contents(lines: Iterable[ContentsLine]) -> bytes:
    """UTF-8 with a byte order mark, safe to open in a spreadsheet."""
    return write_csv(HEADER, map(_cells, lines))


def _cells(line: ContentsLine) -> tuple[Cell, ...]:
    pages: tuple[Cell, ...] = tuple(line.pages.get(language) for language in ("hi", "en"))
    return (line.number, line.code, line.name.hi, line.name.en, *(pages if line.pages else (NO_RESULTS, NO_RESULTS)))
