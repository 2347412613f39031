import uuid
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import Arrival, SealingKey, SigningKey, TallyMark
from app.services.installation.clocks import note_run
from app.services.installation.watching.state import SIZE_STEP, State, overdue_by, read_state

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def state(session: Session, now: datetime = NOW) -> State:
    session.flush()
    return read_state(session.connection(), now)


def add_marks(session: Session, number: int) -> None:
    mark = {"place_id": 1, "survey_version_id": 1, "week": date(2026, 11, 16), "channel": "poster"}
    session.execute(insert(TallyMark), [mark] * number)


def test_what_waits_is_told_in_tens_and_its_age_by_the_last_fold(any_session: Session) -> None:
    note_run(any_session, "fold", NOW - timedelta(seconds=90))
    add_marks(any_session, 9)
    assert (state(any_session).marks_waiting, state(any_session).queue_age) == (0, timedelta())
    add_marks(any_session, 6)
    told = state(any_session)
    assert (told.marks_waiting, told.queue_age) == (10, timedelta(seconds=90))
    assert told.last_runs == {"fold": NOW - timedelta(seconds=90)}


def test_arrivals_are_told_only_when_they_ought_to_be_gone_and_by_the_hour(any_session: Session) -> None:
    assert overdue_by(any_session, NOW) == timedelta()
    oldest = NOW - timedelta(hours=71, minutes=59)
    any_session.add(Arrival(response_id=uuid.uuid4(), arrived_at=oldest, placement_id=1, body_digest=b"x" * 32))
    any_session.flush()
    assert state(any_session).overdue == timedelta()
    assert state(any_session, NOW + timedelta(minutes=2)).overdue == timedelta(hours=1)
    assert state(any_session, NOW + timedelta(minutes=70)).overdue == timedelta(hours=2)


def test_keys_are_told_by_the_age_of_the_newest_and_size_in_large_steps(any_session: Session) -> None:
    for key, days in ((0, 300), (1, 20)):
        any_session.add(SigningKey(id=key, created_on=NOW.date() - timedelta(days=days)))
    any_session.add(SealingKey(id=4, created_on=NOW.date() - timedelta(days=3)))
    told = state(any_session)
    assert told.key_age_days == {"signing": 20, "sealing": 3}
    assert told.database_bytes > 0
    assert told.database_bytes % SIZE_STEP == 0
