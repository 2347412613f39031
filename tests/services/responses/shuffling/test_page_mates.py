"""Which neighbours are taken. That their pages tell nothing afterwards is shown where the job is tested."""

from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.extensions import db
from app.services.responses.shuffling.page_mates import IN_A_PAGE, page_mates
from app.transaction import transaction
from app.upkeep import empty_log
from tests.services.responses.shuffling.answered import answer
from tests.thief.sqlite_pages import read_trees

REACH = IN_A_PAGE["response"]


def test_a_page_is_reached_on_both_sides(session: Session) -> None:
    (ids,) = answer(session, (400,)).values()
    ids.sort()
    assert list(page_mates(session, "response", [ids[200]], 500)) == [ids[200 - REACH : 201 + REACH]]
    assert list(page_mates(session, "response", [ids[1]], 500)) == [ids[: 2 + REACH]]
    assert list(page_mates(session, "verdict", [ids[399]], 500)) == [ids[399 - IN_A_PAGE["verdict"] :]]


def test_runs_that_meet_are_one_and_others_are_apart(session: Session) -> None:
    (ids,) = answer(session, (400,)).values()
    ids.sort()
    met = [ids[100], ids[110], ids[110 + 2 * REACH]]
    assert list(page_mates(session, "response", met, 500)) == [ids[100 - REACH : 111 + 3 * REACH]]
    apart = [ids[100], ids[101 + 2 * REACH + 1]]
    assert [len(run) for run in page_mates(session, "response", apart, 500)] == [2 * REACH + 1] * 2


def test_a_long_run_is_cut_and_the_next_begins_a_page_before(session: Session) -> None:
    (ids,) = answer(session, (400,)).values()
    ids.sort()
    runs = list(page_mates(session, "response", ids, 150))
    assert sorted({id_ for run in runs for id_ in run}) == ids
    assert all(two[:REACH] == one[-REACH:] for one, two in pairwise(runs))
    assert max(map(len, runs)) <= 150 + REACH + 1


@pytest.mark.parametrize("name", ["response", "verdict"])
def test_no_page_holds_more_rows_than_are_reached(app: Flask, name: str) -> None:
    with transaction() as session:
        answer(session, (1_500,))
    empty_log()
    pages = read_trees(Path(db.engine.url.database or ""))[name]
    assert 10 < max(map(len, pages)) <= IN_A_PAGE[name]
