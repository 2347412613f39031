"""Drawing from a closed list, on both databases: not before its day, once, and by the seed alone."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import Settings
from app.domain.draws.case_list import SeedFrom
from app.domain.draws.draw import digest_of, positions_of, read_seed
from app.domain.problem import Problem
from app.jobs.record.keeping import keep_record
from app.models import AuditEntry, CaseList, Department, Draw
from app.services.draws.draws import drawn_cases, keep_draw, require_drawable
from app.transaction import reading, transaction
from tests.factories import add_place
from tests.factories.draws.case_lists import CLOSED, SEED_DAY, THROWN, close, draw, list_order

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


@pytest.fixture
def list_id(app: Flask, database: str) -> int:
    with transaction() as session:
        session.add(Department(id=1, name_hi="नमूना पुलिस", name_en="Sample Police"))
        return close(session, list_order(add_place(session, code="S-1").id))


def refusal(list_id: int, text: str = THROWN, *, days: int = 0, keeps_record: bool = False) -> str:
    with pytest.raises(Problem) as refused:
        draw(list_id, text, keeps_record=keeps_record, now=SEED_DAY + days * DAY)
    with reading() as session:
        drawn = session.get(Draw, list_id)
        assert (drawn is None) == (refused.value.code != "draw.made")
    return refused.value.code


def test_who_is_asked_follows_from_the_seed(list_id: int) -> None:
    assert refusal(list_id, days=-1) == "draw.too_early"
    assert refusal(list_id, THROWN[1:]) == "draw.dice"
    with pytest.raises(Problem) as missing, reading() as session:
        drawn_cases(session, list_id)
    assert missing.value.code == "draw.missing"
    draw(list_id)
    with reading() as session:
        row, kept = session.get_one(CaseList, list_id), session.get_one(Draw, list_id)
        positions = positions_of(kept.seed, 20, 5)
        assert kept.seed == read_seed(SeedFrom.DICE, THROWN)
        assert (kept.positions, kept.drawn_on) == (digest_of(positions), row.seed_on)
        assert drawn_cases(session, list_id) == tuple(row.digests[32 * at : 32 * at + 32] for at in positions)
        told = session.scalars(select(AuditEntry.details).where(AuditEntry.action == "draw.made")).one()
    assert json.loads(told) == {"seed": kept.seed.hex(), "drawn": 5, "positions": kept.positions.hex()}


def test_there_is_no_second_draw(list_id: int) -> None:
    draw(list_id)
    assert refusal(list_id, THROWN[::-1]) == "draw.made"


def test_of_two_who_draw_at_once_the_first_stays(list_id: int) -> None:
    """Both looked before either had drawn."""
    with reading() as session:
        require_drawable(session, list_id, keeps_record=False, now=SEED_DAY)
    draw(list_id)
    with pytest.raises(Problem) as refused, transaction() as session:
        keep_draw(session, list_id, bytes(32), bytes(32), keeps_record=False, actor_id=None, now=SEED_DAY)
    assert refused.value.code == "draw.made"


def test_a_list_that_is_none(list_id: int) -> None:
    with pytest.raises(Problem) as refused:
        draw(list_id + 1)
    assert refused.value.code == "case_list.unknown"
    with pytest.raises(Problem) as refused, reading() as session:
        drawn_cases(session, list_id + 1)
    assert refused.value.code == "case_list.unknown"


def test_where_a_record_is_kept_the_list_stands_in_it_first(list_id: int, settings: Settings) -> None:
    assert refusal(list_id, keeps_record=True) == "draw.not_entered"
    keep_record(settings, CLOSED)
    draw(list_id, keeps_record=True)


def test_a_head_that_is_shown_later_is_none_yet(list_id: int, settings: Settings) -> None:
    keep_record(settings, SEED_DAY + timedelta(minutes=1))
    assert refusal(list_id, keeps_record=True) == "draw.not_entered"
    draw(list_id, keeps_record=True, now=SEED_DAY + DAY)


def test_what_missed_its_day_in_the_record_is_never_drawn(list_id: int, settings: Settings) -> None:
    assert refusal(list_id, days=1, keeps_record=True) == "draw.missed"
    keep_record(settings, SEED_DAY + DAY)
    assert refusal(list_id, days=2, keeps_record=True) == "draw.missed"
