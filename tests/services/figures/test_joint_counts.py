"""Joint vectors beside releases: what is in them, and for which releases there is none."""

from random import Random

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.figures.counters import pack
from app.domain.figures.drivers.joint import JointLayout
from app.domain.surveys.reading import NOTHING_READ, SurveyReading
from app.models import Place, Release, ReleaseJoint, SurveyVersion
from app.services.figures.joint_counts import Joint, add_joints, joint_layout_of, joint_of
from app.services.figures.release_queries import verify_releases
from app.services.surveys.readings import add_reading
from tests.factories import VISIT, add_responses
from tests.factories.figures.joints import LAYOUT, READING, TOPICS, all_releases, reckoned, told, visits
from tests.factories.figures.tree import SEVEN, WEEK, Tree, settled
from tests.factories.surveys.surveys import add_version


@pytest.fixture
def tree(any_session: Session) -> Tree:
    return Tree(any_session, TOPICS)


def answer(tree: Tree, place: Place, number: int, week: int = 0, version: SurveyVersion | None = None) -> None:
    answers = visits(Random(f"{place.id} {week}"), number)  # noqa: S311
    add_responses(tree.session, place, version or tree.version, WEEK + week * SEVEN, answers)


def read(tree: Tree, reading: SurveyReading = READING, version: SurveyVersion | None = None) -> None:
    assert add_reading(tree.session, version or tree.version, reading, actor_id=None, now=settled(-5))


def test_vectors_of_any_releases_are_the_count_of_all_answers_in_them(tree: Tree) -> None:
    """Blocks, sums, and what waited until it was pooled; some answers were set aside."""
    read(tree)
    dice = Random(7)  # noqa: S311
    for week in range(4):
        for place in (tree.station, tree.other, tree.district):
            answer(tree, place, 6 if week == 3 else dice.choice([0, 3, 12]), week)
        aside = visits(dice, 4)
        add_responses(tree.session, tree.other, tree.version, WEEK + week * SEVEN, aside, reasons=["late"])
        tree.publish(week)
    tree.publish(30)
    releases = all_releases(tree.session)
    kinds = set(tree.session.scalars(select(Release.kind)))
    assert kinds == {"own", "rest", "sum"}
    for some in ([one] for one in releases), (dice.sample(releases, 3) for _ in range(10)):
        for ids in some:
            vector = joint_of(tree.session, ids, LAYOUT)
            assert vector is not None
            assert told(vector) == summed([reckoned(tree.session, [one]) for one in ids])
    assert verify_releases(tree.session).faults == []


def summed(each: list[dict[tuple[str, str], list[dict[tuple[bool, bool], int]]]]) -> object:
    return {
        topic: [
            {cell: sum(one[topic][stratum][cell] for one in each) for cell in each[0][topic][stratum]}
            for stratum in range(4)
        ]
        for topic in each[0]
    }


def test_a_survey_without_topics_has_none(any_session: Session) -> None:
    tree = Tree(any_session, VISIT)
    tree.answer(tree.station, 12)
    tree.publish(0)
    assert any_session.scalars(select(ReleaseJoint.release_id)).all() == []
    assert joint_of(any_session, all_releases(any_session), joint_layout_of(any_session, tree.version.id)) is None


def test_nothing_is_said_from_a_part(tree: Tree) -> None:
    read(tree)
    for place in (tree.station, tree.other):
        answer(tree, place, 12)
    tree.publish(0)
    ids = all_releases(tree.session)
    assert joint_of(tree.session, ids, LAYOUT) is not None
    tree.session.execute(delete(ReleaseJoint).where(ReleaseJoint.release_id == ids[0]))
    assert joint_of(tree.session, ids, LAYOUT) is None
    assert joint_of(tree.session, ids[1:], LAYOUT) is not None
    assert joint_of(tree.session, [], LAYOUT) is None


def test_a_sum_with_a_part_without_one_has_none() -> None:
    assert add_joints([]) is None
    one, two = (Joint("name", pack(vector)) for vector in ([1, 2], [3, 4]))
    whole = add_joints([one, two])
    assert whole == Joint("name", pack([4, 6]))
    for other in (None, Joint("other", pack([3, 4])), Joint("name", pack([3])), Joint("name", b"odd")):
        assert add_joints([one, other]) is None


def test_another_version_is_added_where_the_same_is_counted_and_left_out_elsewhere(tree: Tree) -> None:
    read(tree)
    answer(tree, tree.station, 12)
    same = add_version(tree.session, tree.version, TOPICS)
    other = add_version(tree.session, same, TOPICS)
    read(tree, READING, same)
    read(tree, SurveyReading({"money": ("no", "hinted")}, {}), other)
    for version in (same, other):
        answer(tree, tree.station, 14, 0, version)
    tree.publish(0)
    assert joint_layout_of(tree.session, same.id).name == LAYOUT.name
    of = {version: blocks(tree.session, version) for version in (tree.version, same, other)}
    vector = joint_of(tree.session, [id_ for ids in of.values() for id_ in ids], LAYOUT)
    assert vector is not None
    assert told(vector) == reckoned(tree.session, [*of[tree.version], *of[same]])
    assert joint_of(tree.session, of[other], LAYOUT) is None


def blocks(session: Session, version: SurveyVersion) -> list[int]:
    own = Release.survey_version_id == version.id, Release.kind == "own"
    return list(session.scalars(select(Release.id).where(*own)))


def test_a_reading_that_comes_later_makes_another_layout_of_which_nothing_is_there(tree: Tree) -> None:
    answer(tree, tree.station, 12)
    tree.publish(0)
    before = JointLayout(TOPICS, NOTHING_READ)
    ids = all_releases(tree.session)
    assert joint_layout_of(tree.session, tree.version.id).name == before.name
    assert joint_of(tree.session, ids, before) is not None
    read(tree)
    assert joint_layout_of(tree.session, tree.version.id).name == LAYOUT.name
    assert joint_of(tree.session, ids, LAYOUT) is None
