from datetime import date

import pytest

from app.domain.slips.case_counts import plan_cases
from app.domain.table import Table, TableRow

TODAY = date(2026, 11, 23)
PLACES = {"PS1": 1, "PS2": 2}
HEAD = ("code", "quarter", "cases")


def plan(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, known=None):  # type: ignore[no-untyped-def]
    lines = tuple(TableRow(at, cells) for at, cells in enumerate((head, *rows), start=1))
    return plan_cases(Table(lines), PLACES, known or {}, TODAY)


def test_what_is_new_and_what_is_there() -> None:
    quarter = date(2026, 7, 1)
    made = plan(("PS1", "2026-Q3", "1,200"), ("PS2", "२०२६-Q3", "४०"), known={(1, quarter): 1200})
    assert made.problems == ()
    assert made.unchanged == 1
    assert [(change.code, change.before, change.after) for change in made.changes] == [("PS2", None, 40)]


def test_hindi_headings_and_a_title_above() -> None:
    lines = (TableRow(1, ("सूची",)), TableRow(3, ("थाना कोड", "तिमाही", "प्रकरण")), TableRow(4, ("PS1", "2026-Q3", "5")))
    made = plan_cases(Table(lines), PLACES, {}, TODAY)
    assert [change.after for change in made.changes] == [5]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        (("PS9", "2026-Q3", "5"), "cases.place_unknown", "code"),
        (("PS1", "July", "5"), "cases.quarter", "quarter"),
        (("PS1", "2027-Q1", "5"), "cases.quarter_ahead", "quarter"),
        (("PS1", "2026-Q3", "-5"), "cases.number", "cases"),
        (("PS1", "2026-Q3", "9876543210"), "cases.number", "cases"),
        (("PS1",), "cases.quarter", "quarter"),
    ],
)
def test_every_wrong_cell_is_told_with_row_and_column(cells: tuple[str, ...], code: str, column: str) -> None:
    made = plan(("PS2", "2026-Q3", "5"), cells)
    first = made.problems[0]
    assert (first.code, first.details["row"], first.details["column"]) == (code, 3, column)
    assert made.changes == ()


def test_a_place_named_twice_and_headings_that_are_missing() -> None:
    twice = plan(("PS1", "2026-Q3", "5"), ("PS1", "2026-Q3", "6"))
    assert [problem.code for problem in twice.problems] == ["cases.twice"]
    assert [problem.code for problem in plan(head=("code", "cases")).problems] == ["cases.headings"]
