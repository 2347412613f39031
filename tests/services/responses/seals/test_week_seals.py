from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import update

from app.models import SealWeek
from app.services.responses.seals.week_seals import Marks, multiply_in, read_seals, tell
from app.transaction import reading, transaction

WEEK = date(2026, 6, 8)


@pytest.mark.both_databases
def test_a_week_is_open_until_all_of_it_was_told(sent: Callable[[int], list[UUID]]) -> None:
    sent(3)
    with transaction() as session:
        (seal,) = read_seals(session)
        assert (seal.answers.count, seal.is_open, seal.is_whole) == (3, True, True)
        tell(session, [WEEK])
        assert not read_seals(session)[0].is_open
    sent(1)
    with reading() as session:
        assert read_seals(session)[0].is_open


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["answers", "verdicts", "week"])
def test_what_somebody_has_altered_is_not_made_whole_by_what_comes_after(
    sent: Callable[[int], list[UUID]], name: str
) -> None:
    sent(3)
    with transaction() as session:
        session.execute(update(SealWeek).values({name: date(2026, 6, 1) if name == "week" else 2}))
    with transaction() as session:
        (seal,) = read_seals(session)
        marks = Marks()
        marks.answers[seal.week].append(bytes(32))
        multiply_in(session, marks)
        assert not read_seals(session)[0].is_whole
