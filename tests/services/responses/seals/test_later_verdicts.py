"""Verdicts of screening and of people are marked as well, and enter the seal within the hour."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.jobs.record.sealing import seal_all
from app.models import SealWeek, Unsealed
from app.services.responses.seals.later_verdicts import write_verdicts
from app.services.responses.seals.row_marks import MarkedVerdict
from app.services.responses.seals.verification import verify_seals
from app.transaction import reading, transaction

WEEK = date(2026, 6, 8)


@pytest.mark.both_databases
def test_a_later_verdict_is_marked_and_sealed_with_the_next_hour(sent: Callable[[int], list[UUID]]) -> None:
    ids = sent(3)
    with transaction() as session:
        write_verdicts(session, [MarkedVerdict(id_, 2, "set_aside", '["copied"]', 6, WEEK, None) for id_ in ids[:2]])
        write_verdicts(session, [])
    for counted, noted in ((3, 2), (5, 0)):
        with reading() as session:
            assert list(verify_seals(session)) == []
            assert session.get_one(SealWeek, WEEK).verdicts == counted
            assert len(session.scalars(select(Unsealed.sequence)).all()) == noted
        seal_all()
