"""Lists of places by quarter that headquarters brings: read cell by cell, and told before anything is done."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from app.domain.free_text import ascii_digits
from app.domain.places.names import search_key, shown
from app.domain.problem import Problem, ProblemType
from app.domain.quarter import quarter_label, read_quarter
from app.domain.table import Table, TableRow

#: of anything that is counted at a place in a quarter
MOST = 1_000_000

# By these codes programs know what is wrong with a list of cases, which was the first to be read here.
PLACE_NOT_KNOWN = ProblemType("cases.place_unknown", 422, "There is no place with the code “%(value)s”.")
QUARTER_UNREADABLE = ProblemType("cases.quarter", 422, "“%(value)s” is no quarter. Write it like 2026-Q3.")
QUARTER_AHEAD = ProblemType("cases.quarter_ahead", 422, "%(value)s has not begun yet.")
NAMED_TWICE = ProblemType("cases.twice", 422, "This place and quarter stand in row %(first)s already.")

CODE, QUARTER = "code", "quarter"
#: each heading as it is understood, the surest first: a list may hold names of places beside their codes
_HEADINGS: Mapping[str, Sequence[str]] = {
    CODE: ("code", "place code", "station code", "कोड", "थाना कोड", "स्थान कोड", "जगह का कोड", "place"),
    QUARTER: ("quarter", "तिमाही"),
}
_LOOKED_AT = 10

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class QuarterColumns:
    """The columns besides place and quarter: what each is called, which may be missing or empty, and how a cell that
    holds no number is told. `place` is what the column of codes is called where something is wrong in it.
    """

    place: str
    headings: Mapping[str, Sequence[str]]
    optional: frozenset[str]
    missing: ProblemType
    unreadable: ProblemType


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """`number` is that of the row, `numbers` what stands in it by column; what was left empty is not there."""

    number: int
    place_id: int
    code: str
    quarter: date
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuarterChange(Generic[Value]):
    """What is new of a place and quarter, or would become another."""

    place_id: int
    code: str
    quarter: date
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class QuarterPlan(Generic[Value]):
    """All that would change, or every reason why nothing can."""

    changes: tuple[QuarterChange[Value], ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """Equal for plans that would do the same."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()

    @property
    def quarters(self) -> list[str]:
        """Those in which something would change."""
        return sorted({quarter_label(change.quarter) for change in self.changes})


def plan_quarters(
    table: Table,
    columns: QuarterColumns,
    places: Mapping[str, int],
    known: Mapping[tuple[int, date], Value],
    today: date,
    value_of: Callable[[QuarterRow, Value | None], tuple[Value, Sequence[Problem]]],
) -> QuarterPlan[Value]:
    """What importing the table would do. `places` are ids by code, `known` what is there by place and quarter.

    `value_of` says what shall be there, by a row and what is there, and what is wrong with it.
    """
    at, rows = _find_columns(table, columns)
    if at is None:
        return QuarterPlan(problems=(Problem(columns.missing, row=table.rows[0].number, column=""),))
    problems: list[Problem] = []
    changes: list[QuarterChange[Value]] = []
    first: dict[tuple[int, date], int] = {}
    unchanged = 0
    for row in rows:
        cells = _Cells(row, at, columns)
        wrong = list(cells.problems(places, today))
        if wrong or cells.quarter is None:
            problems += wrong
            continue
        read = QuarterRow(row.number, places[cells.code], cells.code, cells.quarter, cells.numbers)
        key = read.place_id, read.quarter
        before = known.get(key)
        after, faults = value_of(read, before)
        if first.setdefault(key, row.number) != row.number:
            faults = Problem(NAMED_TWICE, row=row.number, column="", first=first[key]), *faults
        problems += faults
        if before == after:
            unchanged += 1
        else:
            changes.append(QuarterChange(read.place_id, read.code, read.quarter, before, after))
    return QuarterPlan(problems=tuple(problems)) if problems else QuarterPlan(tuple(changes), unchanged)


class _Cells:
    """One row, cell by cell. `numbers` are those that can be read."""

    def __init__(self, row: TableRow, at: Mapping[str, int], columns: QuarterColumns) -> None:
        self._row, self._columns = row.number, columns
        self.code = row.cell(at[CODE]).strip()
        self._quarter_text = ascii_digits(row.cell(at[QUARTER])).strip()
        self.quarter = read_quarter(self._quarter_text)
        self._texts = {name: ascii_digits(row.cell(at[name])).strip() for name in columns.headings if name in at}
        read = {name: _number(text) for name, text in self._texts.items()}
        self.numbers = {name: number for name, number in read.items() if number is not None}

    def problems(self, places: Mapping[str, int], today: date) -> Iterator[Problem]:
        if self.code not in places:
            yield Problem(PLACE_NOT_KNOWN, row=self._row, column=self._columns.place, value=shown(self.code))
        if self.quarter is None:
            yield Problem(QUARTER_UNREADABLE, row=self._row, column=QUARTER, value=shown(self._quarter_text))
        elif self.quarter > today:
            yield Problem(QUARTER_AHEAD, row=self._row, column=QUARTER, value=quarter_label(self.quarter))
        for name, text in self._texts.items():
            if name not in self.numbers and (text or name not in self._columns.optional):
                yield Problem(self._columns.unreadable, row=self._row, column=name, value=shown(text))


def _number(text: str) -> int | None:
    digits = text.replace(",", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST))
    return int(digits) if is_number and int(digits) <= MOST else None


def _find_columns(table: Table, columns: QuarterColumns) -> tuple[dict[str, int] | None, Sequence[TableRow]]:
    """Where the columns stand, under whatever titles stand above them, and the rows below."""
    headings = {**_HEADINGS, **columns.headings}
    for index, row in enumerate(table.rows[:_LOOKED_AT]):
        keys = [search_key(cell) for cell in row.cells]
        found: dict[str, int] = {}
        for name, words in headings.items():
            places = [keys.index(search_key(word)) for word in words if search_key(word) in keys]
            if places:
                found[name] = places[0]
        if found.keys() >= headings.keys() - columns.optional:
            return found, table.rows[index + 1 :]
    return None, ()
