"""Whether a record went on: of breaks and hours without a seal."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.models import RecordEntry
from app.services.record.log.continuity import is_unbroken
from tests.factories.draws.asked_people import keep_whole

FIRST = date(2026, 11, 2)
END = datetime(2026, 11, 4, 5, tzinfo=UTC)


def test_every_hour_is_sealed_up_to_the_end(any_session: Session) -> None:
    assert not is_unbroken(any_session, FIRST, END)
    keep_whole(any_session, FIRST, END, [])
    assert is_unbroken(any_session, FIRST, END)
    assert is_unbroken(any_session, FIRST - timedelta(days=9), END), "it began later"
    assert is_unbroken(any_session, FIRST, END + timedelta(hours=3))
    assert not is_unbroken(any_session, FIRST, END + timedelta(hours=4))
    any_session.execute(delete(RecordEntry).where(RecordEntry.number == 10))
    assert not is_unbroken(any_session, FIRST, END)
    assert is_unbroken(any_session, FIRST + timedelta(days=1), END), "that was before"


def test_a_break_is_one_for_good(any_session: Session) -> None:
    keep_whole(any_session, FIRST, END, [("break", 12)])
    assert not is_unbroken(any_session, FIRST, END)
    assert is_unbroken(any_session, FIRST + timedelta(days=1), END)
