"""Checks by telephone: numbers that can be, and what they are about."""

from datetime import date

import pytest

from app.domain.codes.channel import Evidence
from app.domain.draws.checks import Checked, CheckPlan, plan_checks, sum_of
from app.domain.table import Table, TableRow

TODAY = date(2026, 11, 23)
AUTUMN = date(2026, 10, 1)
HEAD = ("place", "quarter", "checked", "unconfirmed", "silent_asked", "silent_good")


def plan(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, known: Checked | None = None) -> CheckPlan:
    table = Table(tuple(TableRow(number, cells) for number, cells in enumerate((head, *rows), 1)))
    return plan_checks(table, {"S-1": 1}, {(1, AUTUMN): known} if known else {}, TODAY)


def test_numbers_are_told_from_and_to() -> None:
    (change,) = plan(("S-1", "2026-Q4", "24", "1", "20", "9"), known=Checked(20, 1)).changes
    assert (change.before, change.after) == (Checked(20, 1), Checked(24, 1, 20, 9))
    same = plan(("S-1", "2026-Q4", "२४", "1", "20", "9"), known=Checked(24, 1, 20, 9))
    assert (same.changes, same.unchanged, same.problems) == ((), 1, ())


def test_what_is_not_said_of_the_silent_stays() -> None:
    short = plan(("S-1", "2026-Q4", "24", "1"), head=HEAD[:4], known=Checked(20, 1, 12, 7))
    assert [change.after for change in short.changes] == [Checked(24, 1, 12, 7)]
    assert [change.after for change in plan(("S-1", "2026-Q4", "24", "1"), head=HEAD[:4]).changes] == [Checked(24, 1)]
    empty = plan(("S-1", "2026-Q4", "24", "1", "14", ""), known=Checked(24, 1, 12, 7))
    assert [change.after for change in empty.changes] == [Checked(24, 1, 14, 7)]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("5", "6"), [("checks.unconfirmed", "unconfirmed")]),
        (("5", "5", "3", "4"), [("checks.silent_good", "silent_good")]),
        (("5", "6", "", "1"), [("checks.unconfirmed", "unconfirmed"), ("checks.silent_good", "silent_good")]),
        (("", "0"), [("checks.number", "checked")]),
        (("5", "-1"), [("checks.number", "unconfirmed")]),
        (("5", "0", "most", "all"), [("checks.number", "silent_asked"), ("checks.number", "silent_good")]),
    ],
)
def test_numbers_that_cannot_be_are_told_with_their_column(cells: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    made = plan(("S-1", "2026-Q4", *cells))
    assert [(one.code, one.details["column"]) for one in made.problems] == told
    assert {one.details["row"] for one in made.problems} == {2}
    assert made.changes == ()


def test_without_the_needed_headings_nothing_is_read() -> None:
    assert [one.code for one in plan(head=("place", "quarter", "checked")).problems] == ["checks.headings"]


def test_a_check_is_about_interviews_else_about_the_silent() -> None:
    classes = {(3, 0): Evidence.SAMPLED, (3, 4): Evidence.SAMPLED, (0, 4): Evidence.INVITED, (0, 0): None}
    assert {(checked, asked): Checked(checked, 0, asked).evidence for checked, asked in classes} == classes


def test_sums_go_number_by_number() -> None:
    assert sum_of([Checked(20, 1, 12, 7), Checked(1, 1, 1, 1)]) == Checked(21, 2, 13, 8)
    assert sum_of([]) == Checked()
