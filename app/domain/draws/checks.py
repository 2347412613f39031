"""Checks: how many people a body outside the police called in a quarter, and what came of it, as numbers alone.

No name, no telephone number and no single answer enters: only how many interviews were confirmed, and how many of those
who had been silent were content.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from app.domain.codes.channel import Evidence
from app.domain.problem import Problem, ProblemType
from app.domain.slips.quarter_tables import QuarterColumns, QuarterPlan, QuarterRow, plan_quarters
from app.domain.table import Table

HEADINGS_MISSING = ProblemType(
    "checks.headings",
    422,
    "The headings place, quarter, checked and unconfirmed are needed in the first row of the table.",
)
NUMBER_UNREADABLE = ProblemType("checks.number", 422, "“%(value)s” is no number of people. Write digits, such as 24.")
UNCONFIRMED_TOO_MANY = ProblemType(
    "checks.unconfirmed", 422, "%(part)d were not confirmed, and only %(all)d were called back."
)
CONTENT_TOO_MANY = ProblemType("checks.silent_good", 422, "%(part)d were content, and only %(all)d were asked.")
REFUSED = ProblemType("checks.import_refused", 422, "Nothing was imported: %(count)s things to put right.")
CHANGED = ProblemType("checks.import_changed", 409, "What would change is no longer the same. Please look once more.")

_COLUMNS = QuarterColumns(
    "place",
    {
        "checked": ("checked", "called back", "पुष्टि के लिए पूछे गए"),
        "unconfirmed": ("unconfirmed", "not confirmed", "पुष्टि नहीं हुई"),
        "silent_asked": ("silent asked", "चुप रहे लोगों में पूछे गए"),
        "silent_good": ("silent good", "चुप रहे लोगों में संतुष्ट"),
    },
    frozenset({"silent_asked", "silent_good"}),
    HEADINGS_MISSING,
    NUMBER_UNREADABLE,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """`checked` interviews were called back, `unconfirmed` of them had not taken place. `silent_asked` people who had
    been drawn and said not to have answered were asked the one question, `silent_good` of them were content.
    """

    checked: int = 0
    unconfirmed: int = 0
    silent_asked: int = 0
    silent_good: int = 0

    @property
    def evidence(self) -> Evidence | None:
        """The class of answers that the calls were about; None where nobody was called."""
        if self.checked:
            return Evidence.SAMPLED
        return Evidence.INVITED if self.silent_asked else None


CheckPlan = QuarterPlan[Checked]


def sum_of(numbers: Iterable[Checked]) -> Checked:
    return Checked(*map(sum, zip(*map(astuple, numbers), strict=True)))


def plan_checks(
    table: Table, places: Mapping[str, int], known: Mapping[tuple[int, date], Checked], today: date
) -> CheckPlan:
    """What importing the table would do. What it leaves out of the silent stays as it is."""
    return plan_quarters(table, _COLUMNS, places, known, today, _checked)


def _checked(row: QuarterRow, before: Checked | None) -> tuple[Checked, Sequence[Problem]]:
    known = before or Checked()
    after = Checked(
        row.numbers["checked"],
        row.numbers["unconfirmed"],
        row.numbers.get("silent_asked", known.silent_asked),
        row.numbers.get("silent_good", known.silent_good),
    )
    return after, list(_faults(after, row.number))


def _faults(numbers: Checked, row: int) -> Iterator[Problem]:
    if numbers.unconfirmed > numbers.checked:
        yield Problem(
            UNCONFIRMED_TOO_MANY, row=row, column="unconfirmed", part=numbers.unconfirmed, all=numbers.checked
        )
    if numbers.silent_good > numbers.silent_asked:
        yield Problem(
            CONTENT_TOO_MANY, row=row, column="silent_good", part=numbers.silent_good, all=numbers.silent_asked
        )
