"""Releases: what is published when, and that nobody can change it unnoticed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.counters import CounterLayout, add
from app.models import Parentage, Place, Release, ReleaseMember, ReleasePart, SurveyVersion, Verdict
from app.services.figures.release_queries import PublishedRelease, releases_of, verify_releases
from app.services.figures.releases import Published, publish_releases
from app.transaction import transaction
from tests.factories import VISIT, add_place, add_responses, add_survey

WEEK = date(2026, 6, 1)
SEVEN = timedelta(days=7)
NEVER: Sequence[str] = ()


def settled(weeks: int) -> datetime:
    """The first moment at which the week this many after WEEK may be published."""
    return datetime(2026, 6, 14, 18, 30, tzinfo=UTC) + SEVEN * weeks


class Tree:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.version: SurveyVersion = add_survey(session)
        self.state: Place = add_place(session, kind="state")
        self.district: Place = add_place(session, parent=self.state, kind="district")
        self.station: Place = add_place(session, parent=self.district)
        self.other: Place = add_place(session, parent=self.district)

    def answer(
        self, place: Place, number: int, week: int = 0, *, reasons: Sequence[str] = NEVER, step: int = 5
    ) -> None:
        add_responses(
            self.session, place, self.version, WEEK + SEVEN * week, [{"overall": step}] * number, reasons=reasons
        )

    def publish(self, week: int) -> Published:
        return publish_releases(self.session, settled(week))

    def shown(self, place: Place) -> list[PublishedRelease]:
        return releases_of(self.session, place.id, [self.version.id])

    def sizes(self, place: Place) -> list[int]:
        return [release.responses for release in self.shown(place)]


@pytest.fixture
def tree(any_session: Session) -> Tree:
    return Tree(any_session)


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


def test_a_parent_is_the_sum_of_whole_blocks(tree: Tree) -> None:
    tree.answer(tree.station, 11, step=5)
    tree.answer(tree.other, 13, step=2)
    tree.answer(tree.district, 10, step=3)
    tree.answer(tree.state, 4)
    assert tree.publish(0) == Published(own=3, rest=0, sums=2)
    (district,) = tree.shown(tree.district)
    layout = CounterLayout(VISIT)
    counts = {part.question.name: counts for part, counts in layout.read(district.vector)}
    assert dict(counts["overall"].cells) == {"1": 0, "2": 13, "3": 10, "4": 0, "5": 11}
    assert list(district.vector) == add(
        layout.count([{"overall": step}] * number) for step, number in ((5, 11), (2, 13), (3, 10))
    )
    assert tree.sizes(tree.district) == tree.sizes(tree.state) == [34]
    assert tree.session.scalar(select(func.count()).select_from(ReleasePart)) == 6


def test_evidence_classes_are_never_pooled(tree: Tree) -> None:
    for channel in (Channel.POSTER, Channel.TYPED, Channel.COUNTER):
        add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 4}] * 6, channel=channel)
    tree.publish(0)
    (release,) = tree.shown(tree.station)
    assert (release.evidence.value, release.responses) == ("open", 12)


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


def test_the_verdict_that_holds_decides(tree: Tree) -> None:
    ids = add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}] * 10)
    event = {"sequence": 2, "verdict": "set_aside", "reasons": '["late"]', "policy_version": 1, "week": WEEK}
    tree.session.execute(insert(Verdict), {"response_id": ids[0], **event})
    assert tree.publish(0).own == 0


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


def test_no_answer_is_in_two_blocks(tree: Tree) -> None:
    for week in range(8):
        for place in (tree.station, tree.other, tree.district):
            tree.answer(place, 3 + week % 4, week)
        tree.publish(week)
    members = tree.session.scalar(select(func.count()).select_from(ReleaseMember))
    assert members == tree.session.scalar(select(func.sum(Release.responses)).where(Release.kind != "sum"))
    assert verify_releases(tree.session).faults == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"responses": 13}, "its counters do not match"),
        ({"published_on": WEEK}, "its content does not match its digest"),
        ({"previous_digest": "0" * 64}, "it does not follow"),
        ({"number": 7}, "is missing"),
        ({"set_aside": '{"counters":"","reasons":{},"responses":10}'}, "its members do not match"),
    ],
)
def test_a_changed_release_is_found(tree: Tree, change: dict[str, object], fault: str) -> None:
    for week in range(3):
        tree.answer(tree.other, 11, week)
        tree.publish(week)
    assert verify_releases(tree.session).faults == []
    own = select(Release.id).where(Release.kind == "own", Release.number == 2).scalar_subquery()
    tree.session.execute(update(Release).where(Release.id == own).values(change))
    tree.session.expire_all()
    assert any(fault in each for each in verify_releases(tree.session).faults)


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
