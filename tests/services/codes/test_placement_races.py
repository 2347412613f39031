"""Officers who do the same at the same moment, on both databases: it is done once, and nobody gets an error."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.problem import Problem
from app.models import AuditEntry, Placement
from app.services.codes.placements import (
    IssueRequest,
    issue_below,
    issue_placement,
    mark_compromised,
    retire_placement,
    undo_retire,
)
from app.services.places.changes import retire_place
from app.transaction import reading, transaction
from tests.factories import add_place, add_placement, add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
OFFICERS = 6
STATIONS = 5

pytestmark = pytest.mark.both_databases


@pytest.fixture
def race(app: Flask) -> Callable[[Callable[[Session, int], object]], Counter[str]]:
    """`race(act)`: all officers do `act(session, which)` at once; how often it was done or refused, by code."""

    def run(act: Callable[[Session, int], object]) -> Counter[str]:
        start = Barrier(OFFICERS)

        def one(which: int) -> str:
            with app.app_context():
                start.wait()
                try:
                    with transaction() as session:
                        act(session, which)
                except Problem as problem:
                    return problem.code
            return "done"

        with ThreadPoolExecutor(max_workers=OFFICERS) as pool:
            return Counter(pool.map(one, range(OFFICERS)))

    return run


def test_one_run_of_posters_is_issued_however_many_ask_for_it(app: Flask, race) -> None:  # type: ignore[no-untyped-def]
    with transaction() as session:
        district = add_place(session, kind="district")
        stations = {add_place(session, parent=district).id for _ in range(STATIONS)}
        # No signing key yet: the first to issue notes it down.
        wanted = IssueRequest(add_survey(session).survey_id, Channel.POSTER, "मुख्य द्वार", key_id=0)
    assert race(lambda session, _: issue_below(session, district.id, wanted, now=NOW)) == {"done": OFFICERS}
    with reading() as session:
        assert Counter(session.scalars(select(Placement.place_id))) == dict.fromkeys(stations, 1)


def test_a_run_leaves_out_spots_that_are_taken_while_a_place_is_closed(app: Flask, race) -> None:  # type: ignore[no-untyped-def]
    with transaction() as session:
        district = add_place(session, kind="district")
        alone, *_ = [add_place(session, parent=district) for _ in range(STATIONS)]
        wanted = IssueRequest(add_survey(session).survey_id, Channel.POSTER, "मुख्य द्वार", key_id=0)
        issue_placement(session, alone.id, wanted, now=NOW)

    def act(session: Session, which: int) -> object:
        if which:
            return issue_below(session, district.id, wanted, now=NOW)
        return retire_place(session, alone.id, None, NOW)

    assert race(act) == {"done": OFFICERS}
    with reading() as session:
        assert set(Counter(session.scalars(select(Placement.place_id))).values()) == {1}


def test_a_code_is_taken_down_once_and_put_back_once(app: Flask, race) -> None:  # type: ignore[no-untyped-def]
    with transaction() as session:
        placement_id = add_placement(session, add_place(session), add_survey(session)).id

    def take_down(session: Session, _: int) -> None:
        retire_placement(session, placement_id, actor_id=None, now=NOW)

    def put_back(session: Session, _: int) -> None:
        undo_retire(session, placement_id, actor_id=None, now=NOW)

    assert race(take_down) == {"done": 1, "placement.already_retired": OFFICERS - 1}
    assert race(put_back) == {"done": 1, "placement.nothing_to_undo": OFFICERS - 1}
    with reading() as session:
        actions = Counter(session.scalars(select(AuditEntry.action)))
        assert actions == {"placement.retired": 1, "placement.put_back": 1}


def test_each_mark_knows_the_one_before_it(app: Flask, race) -> None:  # type: ignore[no-untyped-def]
    with transaction() as session:
        placement_id = add_placement(session, add_place(session), add_survey(session)).id
    days = [date(2026, 11, day) for day in range(1, OFFICERS + 1)]

    def mark(session: Session, which: int) -> None:
        mark_compromised(session, placement_id, days[which], actor_id=None, now=NOW)

    assert race(mark) == {"done": OFFICERS}
    with reading() as session:
        before = [entry for entry in session.scalars(select(AuditEntry.details)) if '"before":null' in entry]
        assert len(before) == 1
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == OFFICERS
