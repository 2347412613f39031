"""What was stored before there were marks is marked once, and what was broken off is gone on with."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.jobs.record.sealing import adopt_all, seal_all
from app.models import Arrival, Placement, Response, SealTold, SealWeek, SurveyVersion, Verdict
from app.services.responses.seals.adoption import Adopted, adopt_answers, forget_marks
from app.services.responses.seals.row_marks import MARK_KEY, read_names
from app.services.responses.seals.verification import verify_seals
from app.transaction import reading, transaction
from tests.services.responses.sending import incoming, send

pytestmark = pytest.mark.both_databases
WEEK = date(2026, 6, 8)


@pytest.fixture
def earlier(posted: tuple[Placement, SurveyVersion], monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve answers of an earlier version, of which half were judged twice and half arrived lately."""
    monkeypatch.setattr("app.services.responses.seals.adoption.PORTION", 5)
    batch = [incoming(posted, {"respect": 1 + at % 5}) for at in range(12)]
    send(*batch)
    half = [item.id for item in batch[::2]]
    with transaction() as session:
        session.execute(update(Response).values(mark=None))
        for id_ in half:
            session.add(Verdict(response_id=id_, sequence=2, verdict="set_aside", policy_version=5, week=WEEK))
        session.execute(delete(Arrival).where(Arrival.response_id.in_(half)))
    with transaction() as session:
        session.execute(update(Verdict).values(mark=None))


def found() -> list[str]:
    with reading() as session:
        return list(verify_seals(session))


def test_all_of_it_is_marked_and_sealed_once(earlier: None) -> None:
    assert seal_all() == 0, "what has no mark is in no seal"
    assert len(found()) == 12 + 18
    assert sum(islice(adopt_all(), 1)) == 5
    assert sum(adopt_all()) == 7
    assert list(adopt_all()) == []
    assert found() == []
    assert seal_all() == 0
    with reading() as session:
        seal = session.get_one(SealWeek, WEEK)
        assert (seal.answers, seal.verdicts) == (12, 18)
        assert session.get_one(SealTold, 1).adopted_until == WEEK


def test_marks_of_a_lost_key_are_made_anew_and_nothing_is_missed(earlier: None) -> None:
    sum(adopt_all())
    with transaction() as session:
        before = session.get_one(SealWeek, WEEK).answers_product
        session.info[MARK_KEY] = b"another key"
        assert any("altered" in line for line in list(verify_seals(session)))
        forget_marks(session)
    assert len(found()) == 12 + 18
    with transaction() as session:
        session.info[MARK_KEY] = b"another key"
        assert sum(adopted.marked for adopted in _adopted(session)) == 12
        assert list(verify_seals(session)) == []
        assert session.get_one(SealWeek, WEEK).answers_product != before


def _adopted(session: Session) -> Iterator[Adopted]:
    names, last = read_names(session), UUID(int=0)
    while adopted := adopt_answers(session, names, last):
        yield adopted
        last = adopted.last


def test_of_a_week_with_many_only_their_number_is_told(
    earlier: None, monkeypatch: pytest.MonkeyPatch, sent: Callable[[int], list[UUID]]
) -> None:
    monkeypatch.setattr("app.services.responses.seals.verification.MOST_NAMED", 10)
    sent(1)
    assert found() == [f"12 answers of the week {WEEK} have no mark", f"18 verdicts of the week {WEEK} have no mark"]


def test_a_verdict_of_an_earlier_version_about_a_marked_answer_is_marked(
    sent: Callable[[int], list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While two versions run beside each other."""
    monkeypatch.setattr("app.services.responses.seals.adoption.PORTION", 1)
    ids = sent(3)
    with transaction() as session:
        for id_ in ids:
            for sequence in (2, 3):
                session.add(
                    Verdict(response_id=id_, sequence=sequence, verdict="set_aside", policy_version=5, week=WEEK)
                )
    assert list(adopt_all()) == []
    assert found() == []
    with reading() as session:
        assert session.scalar(select(func.count()).where(Verdict.mark.is_(None))) == 0
