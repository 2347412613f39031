"""Folding as the worker does it."""

import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.jobs.folding import fold_all
from app.models import Tally, TallyMark
from app.services.figures.counting.cells import Cell
from app.services.figures.counting.recounts import mark_cells
from app.services.figures.tallies import count_marks
from app.transaction import reading, transaction
from tests.factories.figures.tree import WEEK, Tree
from tests.jobs.conftest import Answer


def responses(place_id: int) -> list[int]:
    with reading() as session:
        return list(session.scalars(select(Tally.responses).where(Tally.place_id == place_id)))


@pytest.mark.both_databases
def test_all_is_folded_and_nothing_of_the_marks_is_left(places: Tree, answer: Answer, database: str) -> None:
    for number in (3, 700, 700, 1):
        answer(places.station, number)
    with transaction() as session:
        mark_cells(session, [Cell(places.other.id, places.version.id, WEEK, "poster")])
    assert fold_all() == 5
    assert responses(places.station.id) == responses(places.state.id) == [1_404]
    with reading() as session:
        assert count_marks(session) == 0
        if database == "postgresql":
            # Dead rows keep their bytes until their room is freed.
            assert session.scalar(text("SELECT pg_relation_size('tally_mark')")) == 0


def test_without_marks_nobody_is_waited_for(places: Tree, app: Flask) -> None:
    with sqlite3.connect(Path(app.instance_path) / "samvad.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert fold_all() == 0
        writer.execute("ROLLBACK")
    writer.close()


def test_keys_of_marks_do_not_count(places: Tree, answer: Answer) -> None:
    for _ in range(12):
        answer(places.station, 1)
    with reading() as session:
        keys = session.scalars(select(TallyMark.id).order_by(TallyMark.id)).all()
    assert max(keys) > 2**40
    assert min(after - before for before, after in pairwise(keys)) > 2**20
