"""Filling in as the worker does it: in portions, alone, and without the lock if nothing is missing."""

import sqlite3
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.domain.surveys.survey import SurveyDefinition
from app.jobs import chores
from app.jobs.filling import fill_in
from app.models import AwaitedJoint, ReleaseJoint, Response
from app.services.figures.joint_counts import joint_of
from app.services.figures.release_queries import releases_of, verify_releases
from app.services.figures.releases import publish_releases
from app.services.locks import Job
from app.services.surveys.readings import add_reading
from app.transaction import reading, transaction
from app.upkeep import alone
from tests.factories import add_responses
from tests.factories.figures.joints import LAYOUT, READING, TOPICS, reckoned, told, visits
from tests.factories.figures.tree import SEVEN, WEEK, Tree, settled

pytestmark = pytest.mark.both_databases


@pytest.fixture
def content() -> SurveyDefinition:
    return TOPICS


@pytest.fixture
def published(places: Tree) -> Tree:
    """Three weeks of two stations, published before it was said how the answers are read."""
    dice = Random(11)  # noqa: S311
    with transaction() as session:
        for week in range(3):
            for place in (places.station, places.other):
                add_responses(session, place, places.version, WEEK + week * SEVEN, visits(dice, 12))
            publish_releases(session, settled(week))
    return places


def read(places: Tree) -> None:
    with transaction() as session:
        assert add_reading(session, places.version, READING, actor_id=None, now=settled(3))


def missing() -> int:
    with reading() as session:
        assert verify_releases(session).faults == []
        return session.scalar(select(func.count()).select_from(AwaitedJoint)) or 0


def test_with_nothing_missing_it_only_reads(published: Tree, app: Flask, database: str) -> None:
    assert fill_in()
    if database == "postgresql":
        assert fill_in()
        return
    with sqlite3.connect(Path(app.instance_path) / "samvad.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert fill_in()
        writer.execute("ROLLBACK")
    writer.close()


def test_what_was_broken_off_goes_on_and_then_all_is_told(published: Tree) -> None:
    read(published)
    left = []
    while not fill_in(for_seconds=0, most_read=1):
        left.append(missing())
        # Between two portions, as if the power had failed: nothing is said of what is half done.
        with reading() as session:
            state = releases_of(session, published.state.id, [published.version.id])
            assert joint_of(session, [release.id for release in state], LAYOUT) is None or left[-1] <= 1
    assert left == [*range(11, -1, -1)]
    with reading() as session:
        for place in (published.station, published.district, published.state):
            ids = [release.id for release in releases_of(session, place.id, [published.version.id])]
            vector = joint_of(session, ids, LAYOUT)
            assert vector is not None
            assert told(vector) == reckoned(session, ids)


def test_nobody_fills_in_beside_another(published: Tree) -> None:
    read(published)
    with alone(Job.FILL_IN) as is_alone:
        assert is_alone
        assert not fill_in()
    assert fill_in()


def test_beside_publishing_nothing_is_listed_and_what_was_listed_is_filled_in(published: Tree) -> None:
    read(published)
    assert not fill_in(for_seconds=0, most_read=1)
    dice = Random(12)  # noqa: S311
    with transaction() as session:
        add_responses(session, published.station, published.version, WEEK + 3 * SEVEN, visits(dice, 12))
        publish_releases(session, settled(3))
        # As an earlier version would have left it.
        session.execute(delete(ReleaseJoint).where(ReleaseJoint.release_id > 12))
    with alone(Job.PUBLISH):
        assert not fill_in()
        assert filled_in() == 12
    assert fill_in()
    assert filled_in() == 15


def filled_in() -> int:
    assert missing() == 0
    with reading() as session:
        return session.scalar(select(func.count()).where(ReleaseJoint.layout == LAYOUT.name)) or 0


def test_what_cannot_be_filled_in_is_said_once(published: Tree, caplog: pytest.LogCaptureFixture) -> None:
    read(published)
    with transaction() as session:
        session.execute(delete(ReleaseJoint))
        some = session.scalars(select(Response).where(Response.place_id == published.station.id).limit(1)).one()
        some.answers = "{}"
    assert fill_in()
    assert sum("joints.impossible: release " in line for line in caplog.messages) == 3
    caplog.clear()
    assert fill_in()
    assert caplog.messages == []


def test_the_worker_fills_in_when_it_publishes(published: Tree, app: Flask) -> None:
    read(published)
    chores.publish()
    assert filled_in() == 12
