"""Which findings are rewritten with those that were kept lately, and that their pages and writers tell nothing then."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.responses.reason import Reason
from app.domain.responses.screening.likeness import Fact, Rule
from app.extensions import db
from app.jobs.shuffle import shuffle_arrived
from app.models import Finding
from app.services.responses.screening.findings import keep_facts, lately_found
from app.services.responses.shuffling.finding_mates import IN_A_PAGE, finding_mates
from app.services.responses.shuffling.written_beside import table
from app.transaction import transaction
from app.upkeep import empty_log, is_sqlite
from tests.factories.responses.alike import arrive
from tests.services.responses.shuffling.answered import NOW, WEEK, answer
from tests.thief.days import seeded, share_right
from tests.thief.postgres_rows import by_transaction
from tests.thief.sqlite_pages import later, read_trees

FACT = Fact(Rule.SHORT, 7, 20, 3)


@pytest.mark.both_databases
def test_a_page_is_reached_on_both_sides_and_runs_that_meet_are_one(any_session: Session) -> None:
    (ids,) = answer(any_session, (700,)).values()
    ids.sort()
    keep_facts(any_session, {id_: [FACT] for id_ in ids}, WEEK)
    wanted = [ids[0], ids[50], ids[650]]
    runs = [
        sorted(any_session.scalars(select(Finding.response_id).where(run)))
        for run in finding_mates(any_session, wanted, 500)
    ]
    assert runs == [ids[: 50 + IN_A_PAGE], ids[651 - IN_A_PAGE :]]


def test_no_page_holds_more_findings_than_are_reached(app: Flask) -> None:
    with transaction() as session:
        (ids,) = answer(session, (1_500,)).values()
        row = {"rule": Reason.LATE.value, "alike": 1, "expected_tenths": 0, "tail": 0, "week": WEEK}
        session.execute(insert(Finding), [{"response_id": id_, **row} for id_ in ids])
    empty_log()
    pages = read_trees(Path(db.engine.url.database or ""))["finding"]
    assert 10 < max(map(len, pages)) <= IN_A_PAGE


@pytest.mark.both_databases
def test_findings_tell_no_order_after_the_night(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are kept hour by hour, each hour those of some answers."""
    monkeypatch.setattr("app.upkeep._PAUSE_S", 0)
    with transaction() as session:
        (ids,) = answer(session, (300,)).values()
        arrive(session, ids, NOW, timedelta(minutes=5))
    for start in range(0, len(ids), 12):
        with transaction() as session:
            keep_facts(session, {id_: [FACT] for id_ in ids[start : start + 12]}, WEEK)
    came = {id_: at for at, id_ in enumerate(ids)}
    before = _guessed(came)
    assert before > 0.6
    # Of one night it scatters by 5 in 100, as of the other tables.
    nights = []
    for seed in range(12):
        shuffle_arrived(datetime(2026, 6, 12, 21, tzinfo=UTC), seeded(seed))
        nights.append(_guessed(came))
    assert sum(nights) / len(nights) == pytest.approx(0.5, abs=0.05)
    with transaction() as session:
        assert len(lately_found(session)) == len(ids)


def _guessed(came: dict[object, int]) -> float:
    """Of which share of pairs a copy of the database tells rightly which came later."""
    if is_sqlite():
        empty_log()
        by_bytes = {id_.bytes: at for id_, at in came.items()}  # type: ignore[attr-defined]
        pages = read_trees(Path(db.engine.url.database or ""))["finding"]
        right, pairs = share_right((pair for page in pages for pair in later(page)), by_bytes.get)
        return right / pairs
    with db.engine.connect() as connection:
        written = sorted(by_transaction(connection, table("finding"), "response_id"), key=lambda row: row[0])
    apart = [(one[1], two[1]) for one, two in combinations(written, 2) if one[0] != two[0]]
    right, pairs = share_right(iter(apart), came.get)
    undecided = len(came) * (len(came) - 1) / 2 - pairs
    return (right + undecided / 2) / (pairs + undecided)
