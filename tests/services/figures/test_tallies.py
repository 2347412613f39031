"""Tallies: folding marks, rebuilding, and the two giving the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.domain.figures.counters import unpack
from app.extensions import db
from app.models import Parentage, Place, SurveyVersion, Tally, TallyMark, Verdict
from app.services.figures.counting.rebuilding import rebuild_tallies
from app.services.figures.tallies import fold_marks
from app.services.responses.marks import Change, mark_changes
from app.transaction import transaction
from tests.factories import add_place, add_responses, add_survey

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
Cells = dict[tuple[int, date, str, str], tuple[int, bytes]]


class Tree:
    """A state with a district, two stations and an outpost below one of them."""

    def __init__(self, session: Session) -> None:
        self.version: SurveyVersion = add_survey(session)
        self.state: Place = add_place(session, kind="state")
        self.district: Place = add_place(session, parent=self.state, kind="district")
        self.station: Place = add_place(session, parent=self.district)
        self.other: Place = add_place(session, parent=self.district)
        self.outpost: Place = add_place(session, parent=self.station, kind="outpost")


@pytest.fixture
def tree(any_session: Session) -> Tree:
    return Tree(any_session)


def cells(session: Session) -> Cells:
    return {
        (cell.place_id, cell.week, cell.channel, cell.verdict): (cell.responses, cell.counters)
        for cell in session.scalars(select(Tally))
    }


def responses(session: Session, place: Place, week: date = WEEK, verdict: str = "counted") -> int:
    found = session.get(Tally, (place.id, 1, week, "poster", verdict), populate_existing=True)
    return found.responses if found else 0


def test_a_cell_holds_the_place_and_everything_below_it(any_session: Session, tree: Tree) -> None:
    add_responses(any_session, tree.outpost, tree.version, WEEK, [{"overall": 5}] * 2)
    add_responses(any_session, tree.station, tree.version, WEEK, [{"overall": 1}] * 3)
    add_responses(any_session, tree.district, tree.version, WEEK, [{"overall": 3}])
    add_responses(any_session, tree.other, tree.version, WEEK, [{"overall": 4}], reasons=["late"])
    folded = fold_marks(any_session)
    assert folded.marks == 4
    for place, number in ((tree.outpost, 2), (tree.station, 5), (tree.district, 6), (tree.state, 6), (tree.other, 0)):
        assert responses(any_session, place) == number
    assert responses(any_session, tree.state, verdict="set_aside") == 1
    assert any_session.scalar(select(func.count()).select_from(TallyMark)) == 0
    assert fold_marks(any_session).marks == 0


def test_folding_step_by_step_gives_what_rebuilding_gives(any_session: Session, tree: Tree) -> None:
    places = (tree.outpost, tree.station, tree.other, tree.district)
    for at in range(12):
        answers = [{"overall": 1 + at % 5}, {"overall": None, "money": "no"}]
        week = WEEK + SEVEN * (at % 3)
        add_responses(any_session, places[at % 4], tree.version, week, answers, reasons=["late"] * (at % 2))
        fold_marks(any_session, limit=1)
    folded = cells(any_session)
    assert rebuild_tallies(any_session) == len(folded)
    assert cells(any_session) == folded
    assert all(unpack(counters)[0] == number for number, counters in folded.values())


def test_the_verdict_with_the_highest_sequence_holds(any_session: Session, tree: Tree) -> None:
    (response,) = add_responses(any_session, tree.other, tree.version, WEEK, [{"overall": 5}], reasons=["late"])
    event = {"response_id": response, "sequence": 2, "verdict": "counted", "policy_version": 1, "week": WEEK}
    any_session.execute(insert(Verdict), event)
    mark_changes(any_session, [Change(response, 2)])
    fold_marks(any_session)
    assert responses(any_session, tree.state) == 1
    assert responses(any_session, tree.state, verdict="set_aside") == 0


def test_a_place_that_moves_keeps_its_past_where_it_was(any_session: Session, tree: Tree) -> None:
    elsewhere = add_place(any_session, parent=tree.state, kind="district")
    first = any_session.scalars(select(Parentage).where(Parentage.place_id == tree.other.id)).one()
    first.until_on = WEEK + SEVEN
    any_session.add(Parentage(place_id=tree.other.id, parent_id=elsewhere.id, from_on=WEEK + SEVEN))
    any_session.flush()
    for week in (WEEK, WEEK + SEVEN):
        add_responses(any_session, tree.other, tree.version, week, [{"overall": 5}])
    fold_marks(any_session)
    assert [responses(any_session, tree.district, week) for week in (WEEK, WEEK + SEVEN)] == [1, 0]
    assert [responses(any_session, elsewhere, week) for week in (WEEK, WEEK + SEVEN)] == [0, 1]
    assert responses(any_session, tree.state, WEEK + SEVEN) == 1


@pytest.fixture
def stored(app: Flask, database: str) -> Tree:
    with transaction() as session:
        return Tree(session)


@pytest.mark.both_databases
def test_nothing_is_lost_while_ingest_and_folding_race(app: Flask, stored: Tree) -> None:
    rounds, start = 12, Barrier(3)

    def ingest(_: int) -> None:
        with app.app_context():
            start.wait()
            for _ in range(rounds):
                with transaction() as session:
                    add_responses(session, stored.station, stored.version, WEEK, [{"overall": 5}])

    def fold() -> None:
        with app.app_context():
            start.wait()
            for _ in range(rounds):
                with transaction() as session:
                    fold_marks(session)

    with transaction() as session:
        add_responses(session, stored.station, stored.version, WEEK, [{"overall": 5}])
    with ThreadPoolExecutor(max_workers=3) as pool:
        work = [pool.submit(ingest, 0), pool.submit(ingest, 1), pool.submit(fold)]
        for each in work:
            each.result()
    with transaction() as session:
        fold_marks(session)
        assert responses(session, stored.state) == 2 * rounds + 1


@pytest.mark.both_databases
def test_a_mark_that_is_not_committed_yet_is_left_alone(app: Flask, stored: Tree, database: str) -> None:
    if database == "sqlite":
        pytest.skip("SQLite's writers exclude each other")
    with Session(db.engine) as slow, slow.begin():
        add_responses(slow, stored.station, stored.version, WEEK, [{"overall": 5}])
        with transaction() as session:
            assert fold_marks(session).marks == 0
    with transaction() as session:
        assert fold_marks(session).marks == 1
        assert responses(session, stored.station) == 1
