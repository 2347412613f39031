"""What a backup brings back has no seals: they are made anew once, of what has its mark."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from app.jobs.record.sealing import seal_all
from app.models import Placement, Response, SealTold, SealWeek, SurveyVersion
from app.services.responses.seals.anew import seal_anew
from app.services.responses.seals.verification import verify_seals
from app.services.responses.seals.week_seals import read_seals
from app.transaction import reading, transaction
from tests.services.responses.sending import incoming, send

pytestmark = pytest.mark.both_databases


def found() -> list[str]:
    with reading() as session:
        return list(verify_seals(session))


def test_what_is_restored_is_sealed_anew_and_altered_ones_are_named(
    sent: Callable[[int], list[UUID]], posted: tuple[Placement, SurveyVersion]
) -> None:
    ids = sent(5)
    send(incoming(posted, {"respect": 5}))
    with transaction() as session:
        session.execute(delete(SealWeek))
    assert len(found()) == 2, "answers and verdicts are there that were never sealed"
    with transaction() as session:
        assert seal_anew(session) == []
    assert found() == []
    seal_all()
    assert found() == []
    with transaction() as session:
        (sealed,) = read_seals(session)
        assert (sealed.answers.count, sealed.told_answers) == (6, 0)
        assert session.get_one(SealTold, 1).adopted_until == sealed.week, "the public record is told"
        session.execute(update(Response).where(Response.id == ids[0]).values(language="en"))
    with transaction() as session:
        (said,) = seal_anew(session)
    assert str(ids[0]) in said
