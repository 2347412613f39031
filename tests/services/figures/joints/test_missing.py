"""Which releases lack a joint vector: looked up once, and again when a reading was added."""

from random import Random

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.surveys.reading import SurveyReading
from app.models import AwaitedJoint, JointListing, Release, ReleaseJoint
from app.services.figures.joints.missing import (
    JointState,
    Listing,
    is_any_missing,
    joint_state,
    keep_listing,
    look_for_missing,
)
from app.services.surveys.readings import add_reading
from tests.factories import VISIT, add_responses, add_survey
from tests.factories.figures.joints import READING, TOPICS, all_releases, visits
from tests.factories.figures.tree import SEVEN, WEEK, Tree, settled


@pytest.fixture
def tree(any_session: Session) -> Tree:
    return Tree(any_session, TOPICS)


def publish(tree: Tree, week: int) -> list[int]:
    """The ids of an own block and two sums."""
    answers = visits(Random(week), 12)  # noqa: S311
    add_responses(tree.session, tree.station, tree.version, WEEK + week * SEVEN, answers)
    before = len(all_releases(tree.session))
    tree.publish(week)
    return all_releases(tree.session)[before:]


def look(session: Session, most: int = 100) -> Listing:
    listing = look_for_missing(session, most)
    keep_listing(session, listing)
    return listing


def test_what_was_published_without_one_is_listed_once(tree: Tree) -> None:
    first = publish(tree, 0)
    # As an earlier version left it.
    tree.session.execute(delete(ReleaseJoint))
    assert is_any_missing(tree.session)
    assert look(tree.session).lacking == first
    assert not look(tree.session)
    publish(tree, 1)
    tree.session.execute(delete(AwaitedJoint))
    assert is_any_missing(tree.session)
    # What has come since is looked at, what was looked at before is not.
    assert look(tree.session).lacking == []
    assert not is_any_missing(tree.session)
    assert joint_state(tree.session) == JointState(filled=3, awaited=0, impossible=3)


def test_a_reading_that_was_added_lists_all_of_its_version_again_and_no_other(tree: Tree) -> None:
    ids = publish(tree, 0)
    other = add_survey(tree.session, TOPICS)
    add_responses(tree.session, tree.station, other, WEEK, visits(Random(1), 12))  # noqa: S311
    tree.publish(0)
    assert look(tree.session).lacking == []
    assert joint_state(tree.session) == JointState(filled=6, awaited=0, impossible=0)
    only_words = SurveyReading({}, {"overall": {"en": "people were content"}})
    assert add_reading(tree.session, other, only_words, actor_id=None, now=settled(0))
    assert look(tree.session).lacking == []
    assert add_reading(tree.session, tree.version, READING, actor_id=None, now=settled(0))
    assert look(tree.session).lacking == ids
    assert joint_state(tree.session) == JointState(filled=3, awaited=3, impossible=0)


def test_a_long_list_is_made_in_portions(tree: Tree) -> None:
    of_some = [id_ for week in range(3) for id_ in publish(tree, week)]
    draft = add_survey(tree.session, TOPICS, published_at=None)
    without = add_survey(tree.session, VISIT)
    tree.session.execute(delete(ReleaseJoint))
    portions = [look(tree.session, most=4).lacking for _ in range(3)]
    assert portions == [of_some[:4], of_some[4:8], of_some[8:]]
    assert not look(tree.session, most=4)
    rows = tree.session.execute(select(JointListing.survey_version_id, JointListing.layout != "")).all()
    assert sorted(map(tuple, rows)) == [(tree.version.id, True), (without.id, False)]
    assert draft.id not in dict(map(tuple, rows))


def test_a_block_without_all_its_members_is_not_looked_at(tree: Tree) -> None:
    ids = publish(tree, 0)
    tree.session.execute(delete(ReleaseJoint))
    tree.session.get_one(Release, ids[0]).number = 0
    tree.session.flush()
    assert look(tree.session).lacking == ids[1:]
