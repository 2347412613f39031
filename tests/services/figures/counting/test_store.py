"""Cells as they are kept: rows come, change and go."""

from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import ReasonCell, Tally, WaitingCell
from app.services.figures.counting.cells import Cell, Contents, Slice, Waits
from app.services.figures.counting.store import (
    add_waits,
    replace_contents,
    stored_contents,
    stored_waits,
)
from tests.factories.figures.tree import WEEK, Tree


@pytest.fixture
def part(tree: Tree) -> Slice:
    return Slice(tree.version.id, WEEK, "poster")


def rows(session: Session, model: type[Tally] | type[ReasonCell] | type[WaitingCell]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_what_is_kept_is_found_again_and_only_for_its_slice(tree: Tree, part: Slice) -> None:
    place = tree.station.id
    kept = {place: Contents({"counted": [3, 1], "set_aside": [1, 0]}, Counter({"late": 1}))}
    assert replace_contents(tree.session, part, kept, {}) == 2
    assert stored_contents(tree.session, part, [place, tree.other.id]) == kept
    assert stored_contents(tree.session, part._replace(channel="kiosk"), [place]) == {}


def test_what_comes_to_nothing_has_no_row_and_what_is_the_same_is_not_written(tree: Tree, part: Slice) -> None:
    place = tree.station.id
    first = {place: Contents({"counted": [3, 1], "set_aside": [1, 0]}, Counter({"late": 1}))}
    replace_contents(tree.session, part, first, {})
    second = {place: Contents({"counted": [3, 1], "set_aside": [0, 0]}, Counter({"late": 0}))}
    assert replace_contents(tree.session, part, second, first) == 0
    assert (rows(tree.session, Tally), rows(tree.session, ReasonCell)) == (1, 0)
    assert replace_contents(tree.session, part, {place: Contents()}, second) == 0
    assert rows(tree.session, Tally) == 0


def test_a_count_of_what_waits_may_be_negative_and_goes_only_at_nothing(tree: Tree, part: Slice) -> None:
    cell, other = Cell(tree.station.id, *part), Cell(tree.other.id, *part)
    add_waits(tree.session, {cell: Waits(-1, 0), other: Waits(2, 1)})
    assert stored_waits(tree.session, [cell, other]) == {cell: Waits(-1, 0), other: Waits(2, 1)}
    add_waits(tree.session, {cell: Waits(1, 0), other: Waits(-2, 0)})
    assert stored_waits(tree.session, [cell, other]) == {other: Waits(0, 1)}
    assert rows(tree.session, WaitingCell) == 1
