import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.domain.clocks import HELD_FOR, ClockReading
from app.domain.weeks import week_of
from app.extensions import db
from app.jobs import chores
from app.jobs.schedule import EVERY_MINUTES, run_once, schedule
from app.models import Arrival, Release, Response, Tally, TallyMark
from app.services import held_files
from app.services.installation.clocks import believe, last_runs
from app.services.installation.failures import NO_TABLES
from app.services.responses import arrivals
from app.services.responses.arrivals import forget_arrivals
from app.transaction import reading, transaction
from tests.factories import add_place, add_placement, add_survey

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def arrive(at: datetime) -> None:
    with transaction() as session:
        session.add(Arrival(response_id=uuid.uuid4(), arrived_at=at, placement_id=1, body_digest=b"x" * 32))


@pytest.mark.both_databases
def test_arrivals_are_gone_after_72_hours_whenever_the_job_runs(app: Flask) -> None:
    pause = timedelta(minutes=EVERY_MINUTES[chores.forget])
    arrive(NOW - timedelta(hours=72) + pause)
    arrive(NOW - timedelta(hours=70))
    with transaction() as session:
        assert forget_arrivals(session, NOW) == 1
    with reading() as session:
        assert session.scalars(select(Arrival.arrived_at)).all() == [NOW - timedelta(hours=70)]
    assert arrivals.KEPT + pause <= timedelta(hours=72)


def test_files_are_gone_after_their_hour_although_nobody_uploads_another(app: Flask) -> None:
    instance, at = Path(app.instance_path), datetime.now(UTC)
    held_files.store(instance, b"links", kind=held_files.HeldKind.LINKS, owner=1, now=at - held_files.HELD_FOR)
    fresh = held_files.store(instance, b"links", kind=held_files.HeldKind.LINKS, owner=2, now=at)
    held_files.store(instance, b"links", kind=held_files.HeldKind.LINKS, owner=1, now=at - held_files.HELD_FOR)
    chores.forget()
    assert [file.name.rpartition("-")[2] for file in (instance / "uploads").iterdir()] == [fresh]


def answer_ten_times(at: datetime) -> None:
    """Ten answers of the week of this time."""
    with transaction() as session:
        version = add_survey(session)
        placement = add_placement(session, add_place(session, kind="state"), version)
        monday = week_of(at)
        for _ in range(10):
            response = Response(
                id=uuid.uuid4(),
                place_id=placement.place_id,
                placement_id=placement.id,
                survey_version_id=version.id,
                channel="poster",
                evidence="open",
                language="hi",
                week=monday,
                answers='{"overall":4}',
                digest=b"d" * 32,
            )
            session.add(response)
        session.flush()
        for response in session.scalars(select(Response)):
            session.add(counted(response))
        session.add(TallyMark(place_id=placement.place_id, survey_version_id=version.id, week=monday, channel="poster"))


def counted(response: Response) -> object:
    from app.models import Verdict

    return Verdict(
        response_id=response.id, sequence=1, verdict="counted", reasons="[]", policy_version=1, week=response.week
    )


def test_answers_become_counts_and_results_by_themselves(app: Flask) -> None:
    answer_ten_times(datetime.now(UTC) - timedelta(weeks=4))
    run_once(app.app_context)
    with reading() as session:
        assert session.scalar(select(func.sum(Tally.responses))) == 10
        assert session.scalar(select(func.count()).select_from(TallyMark)) == 0
        assert session.scalar(select(Release.responses)) == 10


START = ClockReading(NOW, "boot", timedelta(days=3))


class Clocks:
    """Both clocks of a machine, moved by hand: time passes, and the one that is set jumps."""

    def __init__(self, app: Flask) -> None:
        self.passed = self.jump = timedelta()
        app.config["CLOCKS"] = self.read

    def read(self) -> ClockReading:
        return ClockReading(START.at + self.passed + self.jump, START.boot, START.ran + self.passed)


@pytest.fixture
def clocks(app: Flask) -> Clocks:
    return Clocks(app)


def arrived() -> list[datetime]:
    with reading() as session:
        return list(session.scalars(select(Arrival.arrived_at).order_by(Arrival.arrived_at)))


def released() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Release)) or 0


class TestClock:
    def test_a_month_ahead_publishes_and_forgets_nothing_until_it_has_held(
        self, app: Flask, clocks: Clocks, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer_ten_times(NOW)
        arrive(NOW - timedelta(hours=1))
        assert run_once(app.app_context) == []
        clocks.passed, clocks.jump = timedelta(minutes=30), timedelta(days=35)
        assert run_once(app.app_context) == ["publish", "editions", "rounds", "record"]
        assert (released(), arrived()) == (0, [NOW - timedelta(hours=1)])
        assert "has jumped: it shows 2026-12-28 06:30 UTC" in caplog.text
        # Nobody noticed: it has gone on evenly for hours.
        clocks.passed += HELD_FOR
        assert run_once(app.app_context) == []
        assert (released(), arrived()) == (1, [])

    def test_set_right_again_everything_is_as_if_it_had_never_jumped(self, app: Flask, clocks: Clocks) -> None:
        run_once(app.app_context)
        clocks.jump = timedelta(days=399)
        arrive(NOW + clocks.jump)
        run_once(app.app_context)
        assert arrived() == [NOW + clocks.jump]
        clocks.passed, clocks.jump = timedelta(minutes=5), timedelta()
        run_once(app.app_context)
        # From now on it is as old as any that came now.
        assert arrived() == [NOW + clocks.passed]
        clocks.passed += timedelta(hours=72)
        run_once(app.app_context)
        assert arrived() == []

    def test_the_promise_of_72_hours_holds_while_the_clock_is_doubted(self, app: Flask, clocks: Clocks) -> None:
        arrive(NOW - timedelta(hours=70))
        arrive(NOW - timedelta(hours=1))
        run_once(app.app_context)
        clocks.passed, clocks.jump = timedelta(hours=2), timedelta(days=35)
        run_once(app.app_context)
        assert arrived() == [NOW - timedelta(hours=1)]

    def test_a_person_says_that_it_is_right(self, app: Flask, clocks: Clocks) -> None:
        answer_ten_times(NOW)
        run_once(app.app_context)
        clocks.jump = timedelta(days=35)
        assert run_once(app.app_context) == ["publish", "editions", "rounds", "record"]
        with transaction() as session:
            believe(session, clocks.read())
        assert run_once(app.app_context) == []
        assert released() == 1


def test_a_job_that_fails_keeps_no_other_from_running(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Each is tried twice, says so in one line, and the next one runs."""
    arrive(datetime.now(UTC) - timedelta(hours=80))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE tally_mark")
    assert run_once(app.app_context) == ["fold", "publish", "check"]
    assert arrived() == []
    lines = [record.getMessage() for record in caplog.records if record.name == "app.jobs.schedule"]
    said = f"The job {{}} failed and will be tried again: {NO_TABLES}"
    assert lines == [said.format(job) for job in ("fold", "publish", "check")] * 2
    with reading() as session:
        assert set(last_runs(session)) == {"forget", "seal", "editions", "rounds", "record", "shuffle", "reports"}


def test_every_job_has_its_times(app: Flask) -> None:
    queue = schedule(app.app_context)
    names = {task.name.rpartition(".")[2] for task in queue._registry.periodic_tasks}
    of_minutes = {"editions", "fold", "forget", "publish", "record", "reports", "rounds", "seal"}
    assert names == of_minutes | {"check", "shuffle"}
    # At every full hour all are due but those of the night, and the first of the night at half past two in India.
    assert len(queue.read_periodic(datetime(2026, 11, 23, 21, 0))) == 9  # noqa: DTZ001 - huey compares naive UTC
    assert len(queue.read_periodic(datetime(2026, 11, 23, 6, 0))) == 8  # noqa: DTZ001 - huey compares naive UTC


def test_the_night_looks_at_counts_and_learns_what_the_tables_look_like(app: Flask) -> None:
    answer_ten_times(datetime.now(UTC) - timedelta(weeks=4))
    chores.check()
    with reading() as session:
        learnt = session.scalars(text("SELECT DISTINCT tbl FROM sqlite_stat1")).all()
        assert session.scalar(select(func.sum(Tally.responses))) == 10
    assert {"response", "verdict"} <= set(learnt)
