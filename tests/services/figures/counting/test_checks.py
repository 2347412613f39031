"""Cells that are not what their answers say are found, in their night."""

from datetime import timedelta

from sqlalchemy import delete, update

from app.models import ReasonCell, Tally, WaitingCell
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.checks import NIGHTS, cells_of_night, differing_cells
from app.services.figures.tallies import fold_marks
from tests.factories.figures.tree import WEEK, Tree


def all_cells(tree: Tree) -> list[Cell]:
    nights = (WEEK + timedelta(days=night) for night in range(NIGHTS))
    return [cell for night in nights for cell in cells_of_night(tree.session, night)]


def test_every_cell_has_one_night_of_fifty_two(tree: Tree) -> None:
    tree.answer(tree.station, 2)
    tree.answer(tree.other, 1, week=1)
    fold_marks(tree.session)
    cells = all_cells(tree)
    # Both stations, and for both weeks what lies above them.
    assert len(cells) == len(set(cells)) == 6


def test_what_agrees_is_left_alone_and_what_waits_to_be_folded_too(tree: Tree) -> None:
    tree.answer(tree.station, 2, reasons=["late"])
    fold_marks(tree.session)
    tree.answer(tree.station, 3)
    assert differing_cells(tree.session, all_cells(tree)) == []


def test_a_tally_a_reason_and_a_count_of_what_waits_that_are_wrong_are_found(tree: Tree) -> None:
    for place in (tree.station, tree.other, tree.district):
        tree.answer(place, 2, reasons=["late"])
    fold_marks(tree.session)
    tree.session.execute(delete(Tally).where(Tally.place_id == tree.station.id))
    tree.session.execute(update(ReasonCell).where(ReasonCell.place_id == tree.state.id).values(responses=7))
    tree.session.execute(update(WaitingCell).where(WaitingCell.place_id == tree.other.id).values(counted=1))
    found = {cell.place_id for cell in differing_cells(tree.session, all_cells(tree))}
    # The district is no longer the sum of what is below it.
    assert found == {tree.station.id, tree.other.id, tree.district.id, tree.state.id}
