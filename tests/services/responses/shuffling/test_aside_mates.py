"""Which neighbours are taken. That the index tells nothing afterwards is shown where the job is tested."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.responses.verdict import Decision
from app.extensions import db
from app.models import Verdict
from app.services.responses.shuffling.aside_mates import IN_A_PAGE, aside_mates
from app.transaction import transaction
from app.upkeep import empty_log
from tests.services.responses.shuffling.answered import answer
from tests.thief.sqlite_pages import read_trees


def set_all_aside(session: Session) -> None:
    session.execute(update(Verdict).values(verdict=Decision.SET_ASIDE.value))


def test_a_page_is_reached_on_both_sides_and_runs_that_meet_are_one(session: Session) -> None:
    (ids,) = answer(session, (700,)).values()
    ids.sort()
    week = session.scalars(select(Verdict.week)).first()
    assert week is not None
    assert list(aside_mates(session, week, set(ids))) == []
    set_all_aside(session)
    found = [
        sorted(session.scalars(select(Verdict.response_id).where(run)))
        for run in aside_mates(session, week, {ids[0], ids[200], ids[690]})
    ]
    assert found == [ids[: 201 + IN_A_PAGE], ids[690 - IN_A_PAGE :]]


def test_no_page_holds_more_entries_than_are_reached(app: Flask) -> None:
    with transaction() as session:
        answer(session, (1_500,))
        set_all_aside(session)
    empty_log()
    pages = read_trees(Path(db.engine.url.database or ""))["ix_verdict_set_aside"]
    assert 10 < max(map(len, pages)) <= IN_A_PAGE
