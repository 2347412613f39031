"""Lists of cases as headquarters and the auditor see them, on both databases."""

from datetime import date

import pytest
from flask import Flask

from app.config import Settings
from app.domain.draws.case_list import ListState, SeedFrom
from app.domain.problem import Problem
from app.jobs.record.keeping import keep_record
from app.models import Department
from app.services.draws.draw_queries import get_list, list_lists
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.factories.draws.case_lists import CLOSED, SEED_DAY, close, draw, list_order

pytestmark = pytest.mark.both_databases


@pytest.fixture
def list_ids(app: Flask, database: str) -> tuple[int, int]:
    """Two lists of one place, and before them one of another."""
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        place = add_place(session, code="S-1")
        close(session, list_order(add_place(session, code="S-2").id))
        older = close(session, list_order(place.id, quarter=date(2026, 7, 1), cases=7))
        beacon = {"seed_from": SeedFrom.BEACON, "seed_source": "drand 1"}
        return older, close(session, list_order(place.id, **beacon))


def test_a_list_from_its_closing_to_its_draw(list_ids: tuple[int, int], settings: Settings) -> None:
    older, newer = list_ids
    with reading() as session:
        shown = get_list(session, newer, keeps_record=True, now=CLOSED)
        assert (shown.place_code, shown.cases, shown.drawn, shown.decoys) == ("S-1", 20, 5, 4)
        assert (shown.seed_from, shown.seed_source) == (SeedFrom.BEACON, "drand 1")
        assert (shown.state, shown.entry, shown.draw) == (ListState.CLOSED, None, None)
        found = list_lists(session, {shown.place_id}, keeps_record=True, now=CLOSED)
        assert [(each.id, each.cases) for each in found] == [(newer, 20), (older, 7)]
        assert list_lists(session, set(), keeps_record=True, now=CLOSED) == ()
    keep_record(settings, CLOSED)
    with reading() as session:
        waiting = get_list(session, newer, keeps_record=True, now=SEED_DAY)
    assert waiting.state is ListState.READY
    assert waiting.entry is not None
    draw(older, keeps_record=True)
    keep_record(settings, SEED_DAY)
    with reading() as session:
        drawn = get_list(session, older, keeps_record=True, now=SEED_DAY)
        assert drawn.state is ListState.DRAWN
        assert drawn.draw is not None
        assert drawn.draw.entry is not None
        assert drawn.draw.entry > (drawn.entry or 0)
        assert get_list(session, newer, keeps_record=True, now=SEED_DAY).draw is None


def test_without_a_record_a_list_is_ready_on_its_day(list_ids: tuple[int, int]) -> None:
    with reading() as session:
        assert get_list(session, list_ids[0], keeps_record=False, now=SEED_DAY).state is ListState.READY
        assert get_list(session, list_ids[0], keeps_record=True, now=SEED_DAY).state is ListState.UNSIGNED


def test_a_list_that_is_none(list_ids: tuple[int, int]) -> None:
    with pytest.raises(Problem) as refused, reading() as session:
        get_list(session, 4711, keeps_record=False, now=CLOSED)
    assert refused.value.code == "case_list.unknown"
