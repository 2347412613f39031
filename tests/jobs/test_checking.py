"""What the night finds."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.jobs import chores
from app.jobs.checking import check_cells
from app.models import Tally
from app.services.figures.counting.checks import NIGHTS
from app.services.figures.counting.rebuilding import ask_for_rebuild
from app.transaction import transaction
from tests.factories.figures.tree import WEEK, Tree
from tests.jobs.conftest import Answer


def spoil(places: Tree) -> None:
    with transaction() as session:
        session.execute(update(Tally).where(Tally.place_id == places.station.id).values(responses=8))


@pytest.mark.both_databases
def test_a_cell_that_differs_is_said_and_mended(places: Tree, answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    answer(places.station, 5)
    night = WEEK + timedelta(days=(places.station.id - WEEK.toordinal()) % NIGHTS)
    assert check_cells(night) == 0
    spoil(places)
    assert check_cells(night + timedelta(days=1)) == 0
    assert caplog.records == []
    assert check_cells(night) == 1
    assert "tallies.differ: 1 of 1 cells" in caplog.text
    with transaction() as session:
        assert session.scalars(select(Tally.responses)).all() == [5, 5, 5]
    assert check_cells(night) == 0


def test_weeks_that_wait_for_a_rebuild_are_left_to_it(places: Tree, answer: Answer) -> None:
    answer(places.station, 5)
    chores.fold()
    spoil(places)
    with transaction() as session:
        ask_for_rebuild(session, [WEEK])
    assert [check_cells(WEEK + timedelta(days=night)) for night in range(NIGHTS)] == [0] * NIGHTS
