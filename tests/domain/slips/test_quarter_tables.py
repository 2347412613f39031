"""Lists of places by quarter: which column is which, what is wrong, and what would change."""

from collections.abc import Sequence
from datetime import date

from app.domain.problem import Problem, ProblemType
from app.domain.slips.quarter_tables import MOST, QuarterColumns, QuarterPlan, QuarterRow, plan_quarters
from app.domain.table import Table, TableRow

TODAY = date(2026, 11, 23)
AUTUMN = date(2026, 10, 1)
MISSING = ProblemType("test.headings", 422, "Headings are missing.")
UNREADABLE = ProblemType("test.number", 422, "“%(value)s” is no number.")
ODD = ProblemType("test.odd", 422, "That is odd.")
COLUMNS = QuarterColumns(
    "place", {"trees": ("trees", "पेड़"), "of old": ("of old",)}, frozenset({"of old"}), MISSING, UNREADABLE
)


def trees_of(row: QuarterRow, before: int | None) -> tuple[int, Sequence[Problem]]:
    trees = row.numbers["trees"] + row.numbers.get("of old", before or 0)
    return trees, [Problem(ODD, row=row.number, column="trees")] if trees % 2 else []


def plan(*rows: Sequence[str], known: dict[tuple[int, date], int] | None = None) -> QuarterPlan[int]:
    table = Table(tuple(TableRow(number, tuple(cells)) for number, cells in enumerate(rows, 1)))
    return plan_quarters(table, COLUMNS, {"A": 1, "B": 2}, known or {}, TODAY, trees_of)


def told(made: QuarterPlan[int]) -> list[tuple[str, object, object]]:
    return [(one.code, one.details["row"], one.details["column"]) for one in made.problems]


def test_what_may_be_missing_leaves_what_is_there() -> None:
    made = plan(("code", "quarter", "trees"), ("A", "2026-Q4", "4"), ("B", "2026-Q4", "6"), known={(1, AUTUMN): 2})
    assert [(change.code, change.before, change.after) for change in made.changes] == [("A", 2, 6), ("B", None, 6)]
    empty = plan(("code", "quarter", "trees", "of old"), ("A", "2026-Q4", "4", ""), known={(1, AUTUMN): 2})
    assert [change.after for change in empty.changes] == [6]
    assert made.quarters == ["2026-Q4"]


def test_a_column_of_codes_goes_before_one_that_may_hold_names() -> None:
    named = plan(("place", "quarter", "trees", "code"), ("Middle town", "2026-Q4", "4", "A"))
    assert [change.code for change in named.changes] == ["A"]
    alone = plan(("a title",), ("place", "तिमाही", "पेड़"), ("B", "२०२६-Q4", "४"))
    assert [(change.code, change.after) for change in alone.changes] == [("B", 4)]


def test_all_that_is_wrong_is_told_with_row_and_column() -> None:
    made = plan(
        ("code", "quarter", "trees", "of old"),
        ("A", "2026-Q4", "4", "many"),
        ("B", "2026-Q4", str(MOST + 1)),
        ("C", "autumn", ""),
        ("A", "2027-Q1", "3"),
        ("B", "2026-Q3", "3"),
        ("B", "2026-Q3", "4"),
    )
    assert told(made) == [
        ("test.number", 2, "of old"),
        ("test.number", 3, "trees"),
        ("cases.place_unknown", 4, "place"),
        ("cases.quarter", 4, "quarter"),
        ("test.number", 4, "trees"),
        ("cases.quarter_ahead", 5, "quarter"),
        ("test.odd", 6, "trees"),
        ("cases.twice", 7, ""),
    ]
    assert made.changes == ()
    assert told(plan(("code", "quarter", "of old"), ("A", "2026-Q4", "4"))) == [("test.headings", 1, "")]


def test_plans_that_would_do_the_same_have_one_digest() -> None:
    head = ("code", "quarter", "trees")
    one = plan(head, ("A", "2026-Q4", "4"))
    assert one.digest == plan(("quarter", "trees", "code"), ("2026-Q4", "4", "A")).digest
    assert one.digest != plan(head, ("A", "2026-Q4", "6")).digest
    assert one.digest != plan(head, ("A", "2026-Q4", "2"), known={(1, AUTUMN): 2}).digest, "another number was there"
