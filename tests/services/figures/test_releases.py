"""Releases: what is published when, and that nobody can change it unnoticed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Account, AwaitedPart, Parentage, Response, Survey, Verdict
from app.services.figures.release_queries import verify_releases
from app.services.figures.releases import Publication, Published, publish_releases
from app.services.figures.reports import station_report
from app.services.figures.tallies import fold_marks
from app.transaction import transaction
from tests.factories import add_place
from tests.factories.figures.life import Life
from tests.factories.figures.slow_releases import SlowPublisher, stored_releases
from tests.factories.figures.tree import SEVEN, WEEK, Tree, settled


def test_nothing_is_published_before_a_week_has_settled(tree: Tree) -> None:
    tree.answer(tree.station, 12)
    assert publish_releases(tree.session, settled(0) - timedelta(seconds=1)) == Published(0, 0, 0)
    assert tree.publish(0) == Published(own=1, rest=0, sums=2)
    assert tree.sizes(tree.station) == tree.sizes(tree.district) == tree.sizes(tree.state) == [12]
    assert tree.sizes(tree.other) == []
    assert tree.publish(0) == Published(0, 0, 0)


def test_nine_answers_wait_for_the_tenth(tree: Tree) -> None:
    tree.answer(tree.station, 9)
    assert tree.publish(3).own == 0
    tree.answer(tree.station, 1, week=4)
    assert tree.publish(4).own == 1
    (release,) = tree.shown(tree.station)
    assert (release.weeks.first, release.weeks.last, release.responses) == (WEEK, WEEK + 4 * SEVEN, 10)


def test_late_answers_enter_the_next_release(tree: Tree) -> None:
    tree.answer(tree.station, 12)
    tree.publish(0)
    tree.answer(tree.station, 4)
    tree.answer(tree.station, 6, week=1)
    tree.publish(1)
    assert tree.sizes(tree.station) == [12, 10]
    assert tree.shown(tree.station)[1].weeks.first == WEEK + SEVEN


def test_what_never_comes_to_ten_is_pooled_above_after_half_a_year_and_stays_there(tree: Tree) -> None:
    tree.answer(tree.station, 6)
    tree.answer(tree.other, 5)
    assert tree.publish(23) == Published(0, 0, 0)
    assert tree.publish(24) == Published(own=0, rest=1, sums=2)
    assert tree.sizes(tree.district) == tree.sizes(tree.state) == [11]
    assert tree.sizes(tree.station) == []
    tree.answer(tree.station, 9, week=24)
    assert tree.publish(24) == Published(0, 0, 0)


def test_a_pool_that_is_too_small_goes_one_higher_after_a_year(tree: Tree) -> None:
    tree.answer(tree.station, 6)
    elsewhere = add_place(tree.session, parent=add_place(tree.session, parent=tree.state, kind="district"))
    tree.answer(elsewhere, 6)
    assert tree.publish(49) == Published(0, 0, 0)
    assert tree.publish(50) == Published(own=0, rest=1, sums=1)
    assert tree.sizes(tree.district) == []
    assert tree.sizes(tree.state) == [12]


def test_set_aside_answers_are_published_by_tens_too(tree: Tree) -> None:
    tree.answer(tree.station, 20)
    tree.answer(tree.station, 9, reasons=["late", "empty"])
    tree.publish(0)
    assert [release.set_aside for release in tree.shown(tree.station)] == [0]
    tree.answer(tree.station, 10, week=1)
    tree.answer(tree.station, 3, week=1, reasons=["late"])
    tree.answer(tree.station, 11, week=1, reasons=["empty"])
    tree.publish(1)
    (_, second) = tree.shown(tree.station)
    assert (second.set_aside, second.reasons) == (23, {"late": 12, "empty": 11})
    assert second.set_aside_vector[0] == 23
    assert tree.shown(tree.district)[-1].reasons == {"late": 12, "empty": 11}


def test_how_many_a_person_decided_goes_along_and_is_told_from_ten_on(tree: Tree) -> None:
    account = Account(username="a", name="Post", role="state_admin", password_hash="", place_id=tree.state.id)
    tree.session.add(account)
    tree.session.flush()
    slug = tree.session.get_one(Survey, tree.version.survey_id).slug
    for week, decided in ((0, 7), (1, 4)):
        tree.answer(tree.station, 40, week=week)
        ids = tree.session.scalars(select(Response.id).where(Response.week == WEEK + week * SEVEN).limit(decided)).all()
        event = {"sequence": 2, "verdict": "counted", "policy_version": 6, "week": WEEK, "account_id": account.id}
        tree.session.add_all(Verdict(response_id=id_, **event) for id_ in ids)
        tree.session.flush()
        tree.publish(week)
        report = station_report(tree.session, tree.district.id, slug, "all", settled(week + 20).date())
        panel = report.sections[0].set_aside if report else None
        assert panel is not None
        assert (panel.decided and panel.decided.number) == (10 if week else None)
    assert [release.decided for release in tree.shown(tree.station)] == [7, 4]
    assert [release.decided for release in tree.shown(tree.district)] == [7, 4]
    assert verify_releases(tree.session).faults == []


def test_what_a_year_without_publishing_has_left_is_added_up_in_several_sums(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.figures.release_writer.MOST_PARTS", 2)
    for week in range(5):
        tree.answer(tree.station, 10 + week, week)
    assert tree.publish(5) == Published(own=5, rest=0, sums=6)
    assert tree.sizes(tree.district) == tree.sizes(tree.state) == [10 + 11, 12 + 13, 14]
    assert verify_releases(tree.session).faults == []
    assert tree.publish(5) == Published(0, 0, 0)


def test_a_place_that_moved_gives_its_old_answers_to_its_old_district(tree: Tree) -> None:
    elsewhere = add_place(tree.session, parent=tree.state, kind="district")
    first = tree.session.scalars(select(Parentage).where(Parentage.place_id == tree.station.id)).one()
    first.until_on = WEEK + SEVEN
    tree.session.add(Parentage(place_id=tree.station.id, parent_id=elsewhere.id, from_on=WEEK + SEVEN))
    tree.answer(tree.station, 10)
    tree.answer(tree.station, 14, week=1)
    tree.publish(1)
    assert tree.sizes(tree.station) == [10, 14]
    assert tree.sizes(tree.district) == [10]
    assert tree.sizes(elsewhere) == [14]
    assert tree.sizes(tree.state) == [24]


def test_what_is_published_is_what_all_answers_ever_say_ought_to_be(any_session: Session) -> None:
    """Runs are broken off after any step, blocks are gathered three answers at a time, and it is the same."""
    life, slow, chance = Life(any_session, seed=10), SlowPublisher(), Random(10)  # noqa: S311
    for week, monday in enumerate(life.weeks(48)):
        now = datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC)
        while fold_marks(any_session, limit=chance.choice((7, 1_000))).marks:
            pass
        publication = Publication(now, most_members=chance.choice((3, 12, 5_000)))
        most = chance.choice((2, 9, 40))
        for _, step in zip(range(most), publication.steps(), strict=False):
            step.run(any_session)
        if week % 6 == 0:
            assert verify_releases(any_session).faults == []
        publish_releases(any_session, now)
        slow.publish(any_session, now)
        if week % 6 == 0:
            assert stored_releases(any_session) == slow.releases
    assert stored_releases(any_session) == slow.releases
    assert {name[3] for name in slow.releases} == {"own", "rest", "sum"}
    assert len(slow.releases) > 40
    assert verify_releases(any_session).faults == []
    assert any_session.scalar(select(func.count()).select_from(AwaitedPart)) == 0


@pytest.mark.both_databases
def test_two_publishers_at_once_publish_once(app: Flask, database: str) -> None:
    with transaction() as session:
        tree = Tree(session)
        for week in range(6):
            for place in (tree.station, tree.other):
                tree.answer(place, 12, week)

    def publish(_: int) -> Published:
        with app.app_context(), transaction() as session:
            return publish_releases(session, settled(6))

    with ThreadPoolExecutor(max_workers=3) as pool:
        made = list(pool.map(publish, range(3)))
    assert sorted(each.own for each in made) == [0, 0, 12]
    with transaction() as session:
        assert verify_releases(session).faults == []
