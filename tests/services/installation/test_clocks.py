"""The clock as it is remembered in the database, on both."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.clocks import HELD_FOR, ClockReading
from app.services.installation.clocks import believe, doubt_of, last_runs, look, note_run, read_clock

START = ClockReading(datetime(2026, 11, 23, 6, tzinfo=UTC), "boot", timedelta(days=700, milliseconds=1))
MONTH = timedelta(days=35)


def after(hours: float, jump: timedelta = timedelta()) -> ClockReading:
    passed = timedelta(hours=hours)
    return ClockReading(START.at + passed + jump, START.boot, START.ran + passed)


def test_a_jump_is_remembered_until_it_has_held(any_session: Session) -> None:
    assert not look(any_session, START).is_doubted
    assert look(any_session, after(1, MONTH)).is_doubted
    any_session.flush()
    any_session.expire_all()
    clock = read_clock(any_session, after(3, MONTH))
    assert (clock.believed_in, clock.steady_now) == (HELD_FOR - timedelta(hours=2), after(3).at)
    assert not look(any_session, after(7, MONTH)).is_doubted
    assert not read_clock(any_session, after(8, MONTH)).is_doubted
    assert read_clock(any_session, after(8)).is_doubted


def test_asking_remembers_nothing(any_session: Session) -> None:
    assert not read_clock(any_session, START).is_doubted
    look(any_session, START)
    assert read_clock(any_session, after(1, MONTH)).is_doubted
    # The six hours begin with the first look, not with a question.
    assert look(any_session, after(7, MONTH)).believed_in == HELD_FOR


def test_a_person_can_say_that_it_is_right(any_session: Session) -> None:
    look(any_session, START)
    told = doubt_of(look(any_session, after(1, MONTH)))
    assert told.code == "clock.doubted"
    assert "2026-12-28 07:00 UTC" in told.sentence()
    assert "for 6 hours" in told.sentence()
    believe(any_session, after(1, MONTH))
    assert not look(any_session, after(2, MONTH)).is_doubted


def test_each_job_has_its_own_last_run(any_session: Session) -> None:
    assert last_runs(any_session) == {}
    for job, hour in (("fold", 6), ("publish", 7), ("fold", 8)):
        note_run(any_session, job, datetime(2026, 11, 23, hour, tzinfo=UTC))
    runs = last_runs(any_session)
    assert {job: run.hour for job, run in runs.items()} == {"fold": 8, "publish": 7}
