"""Closing a list of cases, on both databases: once, for good, and nobody stands in it."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.codes.channel import Evidence
from app.domain.draws.case_list import SALT_BYTES, root_over
from app.domain.problem import Problem
from app.models import AuditEntry, CaseList, Place
from app.services.draws.case_lists import hold_list
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.factories.draws.case_lists import close, list_order

pytestmark = pytest.mark.both_databases
ASKED_AT_ONCE = 4


@pytest.fixture
def place_id(app: Flask, database: str) -> int:
    with transaction() as session:
        return add_place(session, code="S-1").id


def lists() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(CaseList)) or 0


def test_what_is_closed_is_kept_as_it_was_given(place_id: int) -> None:
    order = list_order(place_id, cases=7, draw=3)
    with transaction() as session:
        list_id = close(session, order)
    with reading() as session:
        row = session.get_one(CaseList, list_id)
        assert (row.digests, len(row.salts)) == (order.digests, 7 * SALT_BYTES)
        assert row.root == root_over(row.digests, row.salts)
        assert (row.all_cases, row.contactable, row.cases, row.draw, row.decoys) == (17, 10, 7, 3, 4)
        assert (row.quarter, row.evidence, row.seed_from) == (date(2026, 10, 1), "invited", "dice")
        assert (row.seed_on, row.closed_on, row.seed_source) == (date(2026, 11, 30), date(2026, 11, 23), None)
        told = session.scalars(select(AuditEntry).where(AuditEntry.action == "case_list.closed")).one()
    details = json.loads(told.details)
    assert (told.subject, details["root"]) == (f"case_list:{list_id}", row.root.hex())
    assert details["left_out"] == ["children", "informers", "shared_phones", "violence", "witnesses"]


def test_a_list_is_closed_once_for_either_class(place_id: int) -> None:
    order = list_order(place_id)
    with transaction() as session:
        close(session, order)
    for again in (order, replace(order, evidence=Evidence.SAMPLED, decoys=0)):
        with pytest.raises(Problem) as refused, transaction() as session:
            close(session, again)
        assert refused.value.code == "case_list.closed"
        assert "S-1 for 2026-Q4" in refused.value.sentence()
    with transaction() as session:
        close(session, replace(order, quarter=date(2026, 7, 1)))
        close(session, replace(order, place_id=add_place(session).id))
    assert lists() == 3


def test_of_several_who_close_it_at_once_one_does(place_id: int, app: Flask) -> None:
    barrier = Barrier(ASKED_AT_ONCE)

    def ask(_: int) -> str:
        with app.app_context():
            barrier.wait()
            try:
                with transaction() as session:
                    close(session, list_order(place_id))
            except Problem as problem:
                return problem.code
        return "done"

    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        told = sorted(pool.map(ask, range(ASKED_AT_ONCE)))
    assert told == ["case_list.closed"] * (ASKED_AT_ONCE - 1) + ["done"]


def test_what_will_not_do_leaves_nothing_behind(place_id: int) -> None:
    with pytest.raises(Problem) as refused, transaction() as session:
        close(session, list_order(place_id, draw=21))
    assert refused.value.code == "case_list.draw"
    with transaction() as session:
        session.get_one(Place, place_id).retired_on = date(2026, 1, 1)
    with pytest.raises(Problem) as refused, transaction() as session:
        close(session, list_order(place_id))
    assert refused.value.code == "placement.place_retired"
    assert lists() == 0


def test_a_list_that_is_none(place_id: int) -> None:
    with pytest.raises(Problem) as refused, transaction() as session:
        hold_list(session, 4711)
    assert refused.value.code == "case_list.unknown"
