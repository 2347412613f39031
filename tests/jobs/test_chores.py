import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.jobs import chores
from app.jobs.schedule import EVERY_MINUTES, run_once, schedule
from app.models import Arrival, Release, Response, Tally, TallyMark
from app.services import held_files
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
    held_files.store(instance, b"links", owner=1, now=at - held_files.HELD_FOR)
    fresh = held_files.store(instance, b"links", owner=2, now=at)
    held_files.store(instance, b"links", owner=1, now=at - held_files.HELD_FOR)
    chores.forget()
    assert [file.name.rpartition("-")[2] for file in (instance / "uploads").iterdir()] == [fresh]


def answer_ten_times(week_ago: int) -> None:
    with transaction() as session:
        version = add_survey(session)
        placement = add_placement(session, add_place(session, kind="state"), version)
        monday = (datetime.now(UTC) - timedelta(weeks=week_ago)).date()
        monday -= timedelta(days=monday.weekday())
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
    answer_ten_times(week_ago=4)
    run_once(app.app_context)
    with reading() as session:
        assert session.scalar(select(func.sum(Tally.responses))) == 10
        assert session.scalar(select(func.count()).select_from(TallyMark)) == 0
        assert session.scalar(select(Release.responses)) == 10


def test_every_job_has_its_times(app: Flask) -> None:
    queue = schedule(app.app_context)
    names = {task.name.rpartition(".")[2] for task in queue._registry.periodic_tasks}
    assert names == {"fold", "forget", "publish"}
    # At every full hour all of them are due.
    assert len(queue.read_periodic(datetime(2026, 11, 23, 6, 0))) == 3  # noqa: DTZ001 - huey compares naive UTC
