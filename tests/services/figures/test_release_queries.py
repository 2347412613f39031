"""Releases read: those that a place shows, and whether they are as they were published."""

from collections.abc import Callable

import pytest
from sqlalchemy import Executable, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.figures.counters import pack
from app.models import Release, ReleaseJoint, ReleasePart
from app.services.figures.joint_counts import Joint, keep_joints
from app.services.figures.release_queries import Verification, releases_of, verify_releases
from app.services.surveys.readings import add_reading
from tests.factories import VISIT, add_responses
from tests.factories.figures.joints import LAYOUT, READING, TOPICS
from tests.factories.figures.tree import WEEK, Tree, settled
from tests.factories.surveys.surveys import add_version
from tests.services.conftest import Noise


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"responses": 13}, "its counters do not match"),
        ({"published_on": WEEK}, "its content does not match its digest"),
        ({"previous_digest": "0" * 64}, "it does not follow"),
        ({"number": 7}, "is missing"),
        ({"set_aside": '{"counters":"","reasons":{},"responses":10}'}, "its members do not match"),
        ({"set_aside": "{}"}, "cannot be read"),
        ({"set_aside": "none"}, "cannot be read"),
        ({"counters": b"1"}, "cannot be read"),
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


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda sum_id: delete(ReleasePart).where(ReleasePart.parent_release_id == sum_id), "its parts are missing"),
        (
            lambda sum_id: delete(ReleasePart).where(
                ReleasePart.release_id == select(func.min(ReleasePart.release_id)).scalar_subquery()
            ),
            "its counters are not the sum of its parts",
        ),
        (
            lambda sum_id: (
                update(Release)
                .where(Release.id == sum_id)
                .values(set_aside='{"counters":"","reasons":{},"responses":10}')
            ),
            "its set-aside answers are not the sum of its parts",
        ),
    ],
    ids=["no parts", "a part less", "others set aside"],
)
def test_a_changed_sum_is_found(session: Session, damage: Callable[[int], Executable], fault: str) -> None:
    tree = Tree(session)
    for place in (tree.station, tree.other):
        tree.answer(place, 11)
    tree.publish(0)
    whole = session.scalars(select(Release.id).where(Release.place_id == tree.district.id)).one()
    session.execute(damage(whole))
    session.expire_all()
    faults = verify_releases(session).faults
    assert any(each.startswith(f"release {whole}: ") and fault in each for each in faults)


def test_all_are_looked_at(session: Session) -> None:
    tree = Tree(session)
    assert verify_releases(session) == Verification(0)
    tree.answer(tree.station, 11)
    tree.publish(0)
    assert verify_releases(session) == Verification(3)


def test_a_place_shows_its_own_and_only_of_the_versions_that_were_asked_for(tree: Tree, noise: Noise) -> None:
    tree.answer(tree.station, 12)
    noise(tree.station, tree.version, WEEK)
    other = add_version(tree.session, tree.version, VISIT)
    add_responses(tree.session, tree.station, other, WEEK, [{"overall": 4}] * 14)
    tree.publish(0)
    of_both = [release.responses for release in releases_of(tree.session, tree.station.id, [tree.version.id, other.id])]
    # The noise holds eleven answers of a year ago as well; those of a year to come are not settled.
    assert (tree.sizes(tree.station), sorted(of_both)) == ([11, 12], [11, 12, 14])
    assert releases_of(tree.session, tree.station.id, []) == []


def test_releases_come_in_the_order_in_which_they_were_published(tree: Tree) -> None:
    for week in (0, 1, 2):
        tree.answer(tree.station, 10 + week, week)
        tree.publish(week)
    assert tree.sizes(tree.station) == [10, 11, 12]


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("own", {"counters": pack([1] * LAYOUT.length)}, "its joint counters do not match their digest"),
        ("sum", {"counters": b"odd"}, "its joint counters do not match their digest"),
        ("own", {"layout": "of another"}, "its joint counters do not match their digest"),
        ("sum", {"digest": "0" * 64}, "its joint counters do not match their digest"),
    ],
)
def test_a_changed_joint_vector_is_found(session: Session, kind: str, change: dict[str, object], fault: str) -> None:
    changed = min(with_joints(session, kind))
    session.execute(update(ReleaseJoint).where(ReleaseJoint.release_id == changed).values(change))
    session.expire_all()
    assert f"release {changed}: {fault}" in verify_releases(session).faults


def test_a_joint_vector_that_is_not_that_of_its_parts_is_found_though_its_digest_was_made_anew(
    session: Session,
) -> None:
    changed = min(with_joints(session, "sum"))
    release = session.get_one(Release, changed)
    session.delete(session.get_one(ReleaseJoint, changed))
    session.flush()
    keep_joints(session, [(release, Joint(LAYOUT.name, pack([1] * LAYOUT.length)))])
    session.expire_all()
    assert verify_releases(session).faults == [f"release {changed}: its joint counters are not the sum of its parts"]


def with_joints(session: Session, kind: str) -> list[int]:
    """The releases of this kind, of a tree whose answers tell what goes together with satisfaction."""
    tree = Tree(session, TOPICS)
    assert add_reading(session, tree.version, READING, actor_id=None, now=settled(0))
    for place in (tree.station, tree.other):
        add_responses(session, place, tree.version, WEEK, [{"overall": 5, "heard": 4, "money": "no"}] * 11)
    tree.publish(0)
    assert verify_releases(session).faults == []
    return list(session.scalars(select(Release.id).where(Release.kind == kind)))
