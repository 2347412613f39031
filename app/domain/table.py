"""A table as it was read from a file, before anybody knows what its columns mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row and its number as a spreadsheet program shows it. There may be fewer or more cells than headings."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, headings included. `sheet` is the sheet's name if the file has sheets."""

    rows: tuple[TableRow, ...]
    sheet: str | None = None
