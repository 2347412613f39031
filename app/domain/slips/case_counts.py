"""How many visits or registered cases each station had in a quarter, as a list says it, checked cell by cell."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.problem import Problem, ProblemType
from app.domain.slips.quarter_tables import QuarterColumns, QuarterPlan, QuarterRow, plan_quarters
from app.domain.table import Table

HEADINGS_MISSING = ProblemType(
    "cases.headings", 422, "The headings code, quarter and cases are needed in the first row of the table."
)
CASES_UNREADABLE = ProblemType("cases.number", 422, "“%(value)s” is no number of cases. Write digits, such as 120.")
REFUSED = ProblemType("cases.import_refused", 422, "Nothing was imported: %(count)s things to put right.")
CHANGED = ProblemType("cases.import_changed", 409, "What would change is no longer the same. Please look once more.")

_CASES = "cases"
_COLUMNS = QuarterColumns(
    "code",
    {_CASES: ("cases", "visits", "registered cases", "number", "मामले", "प्रकरण", "संख्या")},
    frozenset(),
    HEADINGS_MISSING,
    CASES_UNREADABLE,
)

CasePlan = QuarterPlan[int]


def plan_cases(table: Table, places: Mapping[str, int], known: Mapping[tuple[int, date], int], today: date) -> CasePlan:
    """What importing the table would do. `places` are ids by code, `known` the numbers that are there."""
    return plan_quarters(table, _COLUMNS, places, known, today, _cases)


def _cases(row: QuarterRow, _before: int | None) -> tuple[int, Sequence[Problem]]:
    return row.numbers[_CASES], ()
