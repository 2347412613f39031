"""A rebuild lets answers in, may be broken off, and goes on."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from app.jobs.folding import fold_all
from app.jobs.rebuilding import begin_rebuild, go_on_rebuilding
from app.models import ReasonCell, Tally, WaitingCell
from app.services.figures.counting.rebuilding import stale_weeks
from app.services.locks import Job
from app.transaction import reading, transaction
from app.upkeep import alone
from tests.factories.figures.tree import SEVEN, WEEK, Tree
from tests.jobs.conftest import Answer

pytestmark = pytest.mark.both_databases
TABLES = [model.__table__ for model in (Tally, ReasonCell, WaitingCell)]


def kept() -> list[list[tuple[object, ...]]]:
    with reading() as session:
        return [sorted(map(tuple, session.execute(select(table)))) for table in TABLES]


def test_answers_are_let_in_and_counted_once(places: Tree, answer: Answer) -> None:
    for week in range(3):
        answer(places.station, 5, week=week)
        answer(places.other, 2, week=week, reasons=["late"])
    fold_all()
    with transaction() as session:
        for table in TABLES:
            session.execute(delete(table))
    told: list[tuple[date, int]] = []

    def tell(week: date, left: int) -> None:
        told.append((week, left))
        answer(places.station, 1, week=(week - WEEK) // SEVEN)

    assert begin_rebuild() == 3
    assert go_on_rebuilding(tell)
    fold_all()
    assert told == [(WEEK + 2 * SEVEN, 3), (WEEK + SEVEN, 2), (WEEK, 1)]
    with reading() as session:
        rows = session.execute(select(Tally.verdict, Tally.responses).where(Tally.place_id == places.state.id))
        assert sorted(map(tuple, rows)) == [("counted", 6)] * 3 + [("set_aside", 2)] * 3
    rebuilt = kept()
    begin_rebuild()
    assert go_on_rebuilding()
    assert kept() == rebuilt


def test_what_was_broken_off_goes_on(places: Tree, answer: Answer) -> None:
    for week in range(3):
        answer(places.station, 5, week=week)
    fold_all()
    whole = kept()
    begin_rebuild()
    assert not go_on_rebuilding(for_seconds=0)
    with reading() as session:
        assert stale_weeks(session) == [WEEK + SEVEN, WEEK]
    with alone(Job.REBUILD):
        assert not go_on_rebuilding()
    assert go_on_rebuilding()
    with reading() as session:
        assert stale_weeks(session) == []
    assert kept() == whole
