"""Cells counted anew, without the lock: what came meanwhile is neither lost nor counted twice."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.extensions import db
from app.models import Tally, TallyMark
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.recounts import count_cells, keep_counted, mark_cells
from app.services.figures.tallies import add_marked, count_marked, count_marks, fold_marks, keep_marked
from app.services.places.ancestry import Ancestry
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.factories.figures.tree import WEEK, Tree


def cell_of(tree: Tree) -> Cell:
    return Cell(tree.station.id, tree.version.id, WEEK, "poster")


def responses(session: Session, place_id: int) -> int:
    return session.scalar(select(func.sum(Tally.responses)).where(Tally.place_id == place_id)) or 0


def test_what_was_touched_since_it_was_counted_is_not_kept(tree: Tree) -> None:
    tree.answer(tree.station, 3)
    counted = count_cells(tree.session, [cell_of(tree)])
    ancestry = Ancestry.load(tree.session)
    fold_marks(tree.session)
    assert keep_counted(tree.session, ancestry, counted, spread=True) == [cell_of(tree)]
    assert count_marks(tree.session) == 0
    tree.answer(tree.station, 2)
    again = count_cells(tree.session, [cell_of(tree)])
    tree.answer(tree.station, 4)
    assert keep_counted(tree.session, ancestry, again, spread=True) == []
    # Those two are in it and their mark is gone; of the four the mark is left, and one is asked for above.
    assert (responses(tree.session, tree.station.id), count_marks(tree.session)) == (5, 2)
    fold_marks(tree.session)
    assert [responses(tree.session, place.id) for place in (tree.station, tree.district, tree.state)] == [9, 9, 9]


def test_marks_without_names_count_a_cell_anew_and_take_all_its_marks_with_them(tree: Tree) -> None:
    """What an older version writes during an upgrade, beside marks of this one."""
    for number in (1, 2, 4):
        tree.answer(tree.station, number)
    whole = {"place_id": tree.station.id, "survey_version_id": tree.version.id, "week": WEEK, "channel": "poster"}
    first = select(func.min(TallyMark.id)).scalar_subquery()
    tree.session.execute(update(TallyMark).where(TallyMark.id == first).values(responses=None))
    tree.session.execute(insert(TallyMark), whole)
    fold_marks(tree.session, limit=1)
    assert count_marks(tree.session) == 0
    assert [responses(tree.session, place.id) for place in (tree.station, tree.state)] == [7, 7]


def test_places_above_follow_one_after_the_other(tree: Tree) -> None:
    outpost = add_place(tree.session, parent=tree.station, kind="outpost")
    tree.answer(outpost, 3)
    tree.answer(tree.district, 1)
    fold_marks(tree.session)
    tree.session.execute(delete(Tally))
    mark_cells(tree.session, [cell_of(tree)._replace(place_id=outpost.id)])
    seen = []
    while counted := count_marked(tree.session):
        seen.append([one.cell.place_id for one in counted])
        keep_marked(tree.session, counted)
    assert seen == [[place.id] for place in (outpost, tree.station, tree.district, tree.state)]
    assert responses(tree.session, tree.state.id) == 4


@pytest.mark.both_databases
def test_an_answer_that_is_committed_between_counting_and_keeping_is_counted_once(app: Flask) -> None:
    with transaction() as session:
        tree = Tree(session)
        tree.answer(tree.station, 3)
    with reading() as session:
        ancestry = Ancestry.load(session)
        counted = count_cells(session, [cell_of(tree)])
        with transaction() as other:
            tree.session = other
            tree.answer(tree.station, 1)
        # It is not in this state of things, however late it is read.
        assert count_cells(session, [cell_of(tree)]) == counted
    with transaction() as session:
        assert keep_counted(session, ancestry, counted, spread=False) == []
        assert responses(session, tree.station.id) == 3
        assert add_marked(session).marks == 1
        assert responses(session, tree.station.id) == 4


@pytest.mark.both_databases
def test_a_transaction_that_folds_by_itself_sees_marks_and_answers_of_one_moment(app: Flask, database: str) -> None:
    """On PostgreSQL each statement of a writing transaction sees what was committed before it, and others commit."""
    if database == "sqlite":
        pytest.skip("SQLite's writers exclude each other")
    with transaction() as session:
        tree = Tree(session)
        tree.answer(tree.station, 3)
        mark_cells(session, [cell_of(tree)])
    with Session(db.engine) as slow, slow.begin():
        tree.session = slow
        tree.answer(tree.station, 1)
        with transaction() as session:
            fold_marks(session)
            assert responses(session, tree.state.id) == 3
    with transaction() as session:
        fold_marks(session)
        assert responses(session, tree.state.id) == 4
