"""Publishing as the worker does it: in portions, alone, and without the lock if there is nothing to publish."""

import sqlite3
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all, run_in_portions
from app.models import AwaitedPart, Release, ReleaseMember
from app.services.figures.counting.rebuilding import ask_for_rebuild
from app.services.figures.release_queries import releases_of, verify_releases
from app.services.figures.releases import Publication, Published
from app.services.locks import Job
from app.transaction import reading, transaction
from app.upkeep import alone
from tests.factories.figures.tree import WEEK, Tree, settled
from tests.jobs.conftest import Answer

pytestmark = pytest.mark.both_databases


def look(places: Tree) -> tuple[int, int, int]:
    """How many answers are in blocks, how many releases there are, how many parts are awaited. All of them verify."""
    with reading() as session:
        verification = verify_releases(session)
        assert verification.faults == []
        members = session.scalar(select(func.count()).select_from(ReleaseMember)) or 0
        return members, verification.releases, session.scalar(select(func.count()).select_from(AwaitedPart)) or 0


def test_with_nothing_new_it_only_reads(places: Tree, answer: Answer, app: Flask, database: str) -> None:
    answer(places.station, 12)
    assert publish_all(settled(0)) == Published(own=1, rest=0, sums=2)
    answer(places.station, 9, week=1)
    fold_all()
    if database == "postgresql":
        assert publish_all(settled(1)) == Published(0, 0, 0)
        return
    with sqlite3.connect(Path(app.instance_path) / "samvad.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert publish_all(settled(1)) == Published(0, 0, 0)
        writer.execute("ROLLBACK")
    writer.close()


def test_what_is_broken_off_anywhere_is_taken_up_by_the_next_run(places: Tree, answer: Answer) -> None:
    """After each number of steps, as if the power had failed; a block of more than five is gathered in portions."""
    seen = set()
    for week, broken_off_after in enumerate((3, 6, 8, 11)):
        for place, number in ((places.station, 13), (places.other, 10), (places.district, 11)):
            answer(place, number, week=week)
        fold_all()
        run_in_portions(islice(Publication(settled(week), most_members=5).steps(), broken_off_after), portion_s=0)
        members, _, awaited = look(places)
        seen.add((members % 34, awaited))
        assert publish_all(settled(week), portion_s=0) is not None
        assert look(places) == (34 * (week + 1), 5 * (week + 1), 0)
        with reading() as session:
            for place in (places.state, places.district):
                sizes = [release.responses for release in releases_of(session, place.id, [places.version.id])]
                # A place above may show a part in a release of its own, but lacks nothing.
                assert sum(sizes) == 34 * (week + 1)
    assert len(seen) == 4


def test_nobody_publishes_beside_another(places: Tree, answer: Answer) -> None:
    answer(places.station, 12)
    with alone(Job.PUBLISH) as is_alone:
        assert is_alone
        with transaction() as session:
            session.execute(select(1))
        # The lock outlives the transaction, and other jobs have other locks.
        assert publish_all(settled(0)) is None
        with alone(Job.REBUILD) as other:
            assert other
    assert publish_all(settled(0)) == Published(own=1, rest=0, sums=2)


def test_two_that_publish_at_once_publish_once(places: Tree, answer: Answer, app: Flask) -> None:
    for week in range(4):
        answer(places.station, 12, week=week)
    made: list[Published | None] = []

    def publish() -> None:
        with app.app_context():
            made.append(publish_all(settled(4), portion_s=0))

    threads = [Thread(target=publish) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.own for each in made if each) == 4
    assert look(places)[0] == 48


def test_half_of_the_counts_publishes_nothing(places: Tree, answer: Answer) -> None:
    answer(places.station, 12)
    with transaction() as session:
        ask_for_rebuild(session, [WEEK])
    assert publish_all(settled(0)) is None
    with transaction() as session:
        ask_for_rebuild(session, [])
    assert publish_all(settled(0)) == Published(own=1, rest=0, sums=2)


def test_a_block_without_all_its_members_is_shown_nowhere(places: Tree, answer: Answer) -> None:
    answer(places.station, 12)
    fold_all()
    run_in_portions(islice(Publication(settled(0), most_members=5).steps(), 6), portion_s=0)
    with reading() as session:
        assert unfinished(session) == [0]
        assert session.scalar(select(func.count()).select_from(ReleaseMember)) == 10
        assert releases_of(session, places.station.id, [places.version.id]) == []
        assert verify_releases(session).releases == 0


def unfinished(session: Session) -> list[int]:
    return list(session.scalars(select(Release.number)))
