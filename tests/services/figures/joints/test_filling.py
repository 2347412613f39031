"""Filling in: what is counted anew is what was published, or nothing."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.models import AwaitedJoint, Release, ReleaseJoint, ReleaseMember, Response, Verdict
from app.services.figures.joint_counts import joint_of
from app.services.figures.joints.filling import count_portion, keep_portion
from app.services.figures.joints.missing import JointState, joint_state, keep_listing, look_for_missing
from app.services.figures.release_queries import verify_releases
from app.services.surveys.readings import add_reading
from tests.factories import add_responses
from tests.factories.figures.joints import LAYOUT, READING, TOPICS, all_releases, reckoned, told, visits
from tests.factories.figures.tree import SEVEN, WEEK, Tree, settled

Kept = list[tuple[int, str, bytes, str]]


@pytest.fixture
def tree(any_session: Session) -> Tree:
    """Two weeks of a station, another and their district, and answers that were set aside."""
    tree, dice = Tree(any_session, TOPICS), Random(3)  # noqa: S311
    assert add_reading(any_session, tree.version, READING, actor_id=None, now=settled(-5))
    for week in range(2):
        for place in (tree.station, tree.other, tree.district):
            add_responses(any_session, place, tree.version, WEEK + week * SEVEN, visits(dice, 12))
        aside = visits(dice, 11)
        add_responses(any_session, tree.other, tree.version, WEEK + week * SEVEN, aside, reasons=["late"])
        tree.publish(week)
    return tree


def kept(session: Session) -> Kept:
    columns = (ReleaseJoint.release_id, ReleaseJoint.layout, ReleaseJoint.counters, ReleaseJoint.digest)
    return [tuple(row) for row in session.execute(select(*columns).order_by(ReleaseJoint.release_id))]


def fill_in(session: Session, most_read: int = 5_000) -> int:
    """How many portions it took."""
    while listing := look_for_missing(session):
        keep_listing(session, listing)
    portions = 0
    while filled := count_portion(session, most_read):
        keep_portion(session, filled)
        portions += 1
    return portions


def change(session: Session, ids: list[UUID], verdict: str) -> None:
    rows = [
        {"response_id": id_, "sequence": 2, "policy_version": 1, "week": WEEK, "reasons": "[]", "verdict": verdict}
        for id_ in ids
    ]
    session.execute(insert(Verdict), rows)


def members(session: Session, release_id: int, verdict: str) -> list[UUID]:
    of_it = select(ReleaseMember.response_id).join(Verdict, Verdict.response_id == ReleaseMember.response_id)
    return list(session.scalars(of_it.where(ReleaseMember.release_id == release_id, Verdict.verdict == verdict)))


@pytest.mark.parametrize(("most_read", "portions"), [(5_000, 1), (1, 10), (20, 4)])
def test_what_is_filled_in_is_what_would_have_been_written(tree: Tree, most_read: int, portions: int) -> None:
    before = kept(tree.session)
    assert len(before) == 10
    tree.session.execute(delete(ReleaseJoint))
    assert fill_in(tree.session, most_read) == portions
    assert kept(tree.session) == before
    assert fill_in(tree.session, most_read) == 0


def test_verdicts_that_changed_after_publishing_change_no_vector(tree: Tree) -> None:
    before = kept(tree.session)
    block = all_releases(tree.session)[0]
    change(tree.session, members(tree.session, block, "counted")[:3], "set_aside")
    tree.session.execute(delete(ReleaseJoint))
    fill_in(tree.session)
    assert kept(tree.session) == before


def test_verdicts_that_changed_before_publishing_count_as_they_did(tree: Tree) -> None:
    late = add_responses(tree.session, tree.station, tree.version, WEEK + 2 * SEVEN, visits(Random(5), 15))  # noqa: S311
    change(tree.session, late[:4], "set_aside")
    tree.publish(2)
    before = kept(tree.session)
    assert len(before) == 13
    tree.session.execute(delete(ReleaseJoint))
    fill_in(tree.session)
    assert kept(tree.session) == before


def other_answer(session: Session, block: int) -> None:
    some = members(session, block, "counted")[0]
    session.execute(update(Response).where(Response.id == some).values(answers='{"overall":5,"heard":5,"comment":"x"}'))


def broken_answer(session: Session, block: int) -> None:
    some = members(session, block, "counted")[0]
    session.execute(update(Response).where(Response.id == some).values(answers="["))


def other_verdicts(session: Session, block: int) -> None:
    """One before the block was made, as it were, and one after it: neither all the first nor all the last."""
    one, two, *_ = members(session, block, "counted")
    session.execute(update(Verdict).where(Verdict.response_id == one).values(verdict="set_aside"))
    change(session, [one], "counted")
    change(session, [two], "set_aside")


@pytest.mark.parametrize("damage", [other_answer, broken_answer, other_verdicts])
def test_what_does_not_give_the_published_counters_is_left_out_and_so_are_its_sums(
    tree: Tree, damage: Callable[[Session, int], None]
) -> None:
    releases = all_releases(tree.session)
    damage(tree.session, releases[0])
    tree.session.execute(delete(ReleaseJoint))
    fill_in(tree.session)
    assert joint_state(tree.session) == JointState(filled=7, awaited=0, impossible=3)
    assert joint_of(tree.session, [releases[0]], LAYOUT) is None
    assert fill_in(tree.session) == 0
    assert verify_releases(tree.session).faults == []


def test_a_reading_that_comes_later_takes_the_place_of_what_was_counted_without(any_session: Session) -> None:
    tree, dice = Tree(any_session, TOPICS), Random(4)  # noqa: S311
    for place in (tree.station, tree.other):
        add_responses(any_session, place, tree.version, WEEK, visits(dice, 12))
    tree.publish(0)
    fill_in(any_session)
    before, releases = kept(any_session), all_releases(any_session)
    assert add_reading(any_session, tree.version, READING, actor_id=None, now=settled(0))
    assert joint_of(any_session, releases, LAYOUT) is None
    other_answer(any_session, releases[0])
    # In portions of one: verification finds no fault in what is half done.
    while listing := look_for_missing(any_session):
        keep_listing(any_session, listing)
    for left in (3, 2, 1, 0):
        keep_portion(any_session, count_portion(any_session, 1))
        assert len(any_session.scalars(select(AwaitedJoint.release_id)).all()) == left
        assert verify_releases(any_session).faults == []
    # Nothing of the other layout has stayed, where nothing could take its place.
    assert [row[0] for row in kept(any_session)] == [releases[1]]
    assert {row[1] for row in kept(any_session)} == {LAYOUT.name} != {row[1] for row in before}
    vector = joint_of(any_session, [releases[1]], LAYOUT)
    assert vector is not None
    assert told(vector) == reckoned(any_session, [releases[1]])


def test_a_sum_that_was_published_before_its_parts_were_filled_in_is_filled_in_after_them(tree: Tree) -> None:
    before = kept(tree.session)
    sums = select(Release.id).where(Release.kind == "sum")
    tree.session.execute(delete(ReleaseJoint).where(ReleaseJoint.release_id.not_in(sums)))
    tree.session.execute(delete(ReleaseJoint).where(ReleaseJoint.release_id == max(all_releases(tree.session))))
    fill_in(tree.session)
    assert kept(tree.session) == before
