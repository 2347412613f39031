"""How many visits or registered cases each station had in a quarter, as a list says it, checked cell by cell."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.free_text import ascii_digits
from app.domain.places.names import search_key, shown
from app.domain.problem import Problem, ProblemType
from app.domain.quarter import quarter_label, read_quarter
from app.domain.table import Table, TableRow

MOST_CASES = 1_000_000

HEADINGS_MISSING = ProblemType(
    "cases.headings", 422, "The headings code, quarter and cases are needed in the first row of the table."
)
PLACE_NOT_KNOWN = ProblemType("cases.place_unknown", 422, "There is no place with the code “%(value)s”.")
QUARTER_UNREADABLE = ProblemType("cases.quarter", 422, "“%(value)s” is no quarter. Write it like 2026-Q3.")
QUARTER_AHEAD = ProblemType("cases.quarter_ahead", 422, "%(value)s has not begun yet.")
CASES_UNREADABLE = ProblemType("cases.number", 422, "“%(value)s” is no number of cases. Write digits, such as 120.")
NAMED_TWICE = ProblemType("cases.twice", 422, "This place and quarter stand in row %(first)s already.")
REFUSED = ProblemType("cases.import_refused", 422, "Nothing was imported: %(count)s things to put right.")
CHANGED = ProblemType("cases.import_changed", 409, "What would change is no longer the same. Please look once more.")

#: each heading as it is understood
_CODE = ("code", "place code", "station code", "कोड", "थाना कोड", "स्थान कोड")
_QUARTER = ("quarter", "तिमाही")
_CASES = ("cases", "visits", "registered cases", "number", "मामले", "प्रकरण", "संख्या")
_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A number that is new or would become another."""

    place_id: int
    code: str
    quarter: date
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class CasePlan:
    """All that would change, or every reason why nothing can."""

    changes: tuple[CaseChange, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """Equal for plans that would do the same."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()


def plan_cases(table: Table, places: Mapping[str, int], known: Mapping[tuple[int, date], int], today: date) -> CasePlan:
    """What importing the table would do. `places` are ids by code, `known` the numbers that are there."""
    columns, rows = _columns(table)
    if columns is None:
        return CasePlan(problems=(Problem(HEADINGS_MISSING, row=table.rows[0].number, column=""),))
    problems: list[Problem] = []
    changes: list[CaseChange] = []
    first: dict[tuple[int, date], int] = {}
    unchanged = 0
    for row in rows:
        read = _Cells(row, columns)
        wrong = list(read.problems(places, today))
        key = (places.get(read.code, 0), read.quarter or today)
        if not wrong and key in first:
            wrong.append(Problem(NAMED_TWICE, row=row.number, column="", first=first[key]))
        problems += wrong
        if wrong or read.number is None:
            continue
        first[key] = row.number
        if known.get(key) == read.number:
            unchanged += 1
        else:
            changes.append(CaseChange(key[0], read.code, key[1], known.get(key), read.number))
    return CasePlan((), 0, tuple(problems)) if problems else CasePlan(tuple(changes), unchanged)


class _Cells:
    """One row, cell by cell."""

    def __init__(self, row: TableRow, columns: Mapping[str, int]) -> None:
        self.row = row.number
        self.code = row.cell(columns["code"]).strip()
        self.quarter_text = ascii_digits(row.cell(columns["quarter"])).strip()
        self.cases_text = ascii_digits(row.cell(columns["cases"])).strip()
        self.quarter = read_quarter(self.quarter_text)
        digits = self.cases_text.replace(",", "")
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_CASES))
        self.number = int(digits) if is_number and int(digits) <= MOST_CASES else None

    def problems(self, places: Mapping[str, int], today: date) -> Iterator[Problem]:
        if self.code not in places:
            yield Problem(PLACE_NOT_KNOWN, row=self.row, column="code", value=shown(self.code))
        if self.quarter is None:
            yield Problem(QUARTER_UNREADABLE, row=self.row, column="quarter", value=shown(self.quarter_text))
        elif self.quarter > today:
            yield Problem(QUARTER_AHEAD, row=self.row, column="quarter", value=quarter_label(self.quarter))
        if self.number is None:
            yield Problem(CASES_UNREADABLE, row=self.row, column="cases", value=shown(self.cases_text))


def _columns(table: Table) -> tuple[dict[str, int] | None, list[TableRow]]:
    """Where the three columns stand, under whatever titles stand above them."""
    for at, row in enumerate(table.rows[:_LOOKED_AT]):
        keys = [search_key(cell) for cell in row.cells]
        found = {}
        for name, words in (("code", _CODE), ("quarter", _QUARTER), ("cases", _CASES)):
            known = {search_key(word) for word in words}
            place = next((place for place, key in enumerate(keys) if key in known), None)
            if place is not None:
                found[name] = place
        if len(found) == 3:
            return found, list(table.rows[at + 1 :])
    return None, []
