"""Each mark enters the seal of its week once, whenever it comes and whoever forgets meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.jobs.record.sealing import seal_all
from app.models import Arrival, Placement, SealWeek, SurveyVersion, Unsealed
from app.services.responses.arrivals import forget_arrivals
from app.services.responses.seals.sealing import keep_unsealed
from app.services.responses.seals.verification import verify_seals
from app.transaction import reading, transaction
from tests.services.responses.sending import NOW, incoming, send

pytestmark = pytest.mark.both_databases
WEEK = date(2026, 6, 8)
Send = Callable[[int], list[UUID]]
Posted = tuple[Placement, SurveyVersion]


def sealed() -> tuple[int, int]:
    with reading() as session:
        assert list(verify_seals(session)) == []
        row = session.get(SealWeek, WEEK)
        return (row.answers, row.verdicts) if row else (0, 0)


def test_what_arrived_is_sealed_once(sent: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.responses.seals.sealing.PORTION", 5)
    sent(12)
    assert sealed() == (12, 12)
    assert seal_all() == 0
    sent(3)
    assert sealed() == (15, 15)


def test_several_who_seal_at_once_seal_once(app: Flask, posted: Posted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.responses.seals.sealing.PORTION", 5)
    send(*(incoming(posted, {"respect": 5}) for _ in range(40)))

    def seal(_: int) -> int:
        with app.app_context():
            return seal_all()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert sum(pool.map(seal, range(4))) == 40
    assert sealed() == (40, 40)


def test_a_second_sending_is_sealed_no_second_time(posted: Posted) -> None:
    item = incoming(posted, {"respect": 5})
    send(item)
    send(item, incoming(posted, {"respect": 4}, item.id))
    seal_all()
    assert sealed() == (1, 1)


def test_what_is_forgotten_unsealed_is_sealed_all_the_same(posted: Posted) -> None:
    """The promise of 72 hours comes first, were the worker to have stood still for so long."""
    send(*(incoming(posted, {"respect": 5}) for _ in range(3)))
    for _ in range(2):
        with transaction() as session:
            before = NOW + timedelta(hours=1)
            keep_unsealed(session, before)
            forget_arrivals(session, before + timedelta(hours=72))
    with reading() as session:
        assert session.scalars(select(Arrival.response_id)).all() == []
        assert session.scalar(select(func.count()).select_from(Unsealed)) == 3
    assert sealed() == (0, 0)
    assert seal_all() == 3
    assert sealed() == (3, 3)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Unsealed)) == 0
