"""Releases written: blocks, sums, and one chain of digests for each place, version, class and kind."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.figures.counters import CounterLayout, add
from app.models import Place, Release, ReleaseMember, ReleasePart
from app.services.figures.release_queries import verify_releases
from app.services.figures.release_writer import SALT_BYTES
from app.services.figures.releases import Published
from tests.factories import VISIT, add_responses
from tests.factories.figures.tree import SEVEN, WEEK, Tree


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


def test_no_answer_is_in_two_blocks(tree: Tree) -> None:
    for week in range(8):
        for place in (tree.station, tree.other, tree.district):
            tree.answer(place, 3 + week % 4, week)
        tree.publish(week)
    members = tree.session.scalar(select(func.count()).select_from(ReleaseMember))
    assert members == tree.session.scalar(select(func.sum(Release.responses)).where(Release.kind != "sum"))
    assert verify_releases(tree.session).faults == []


def chain(session: Session, place: Place, evidence: str = "open") -> list[Release]:
    chosen = select(Release).where(Release.place_id == place.id, Release.evidence == evidence, Release.kind == "own")
    return list(session.scalars(chosen.order_by(Release.number)))


def test_each_chain_goes_on_where_the_run_before_ended_it(tree: Tree) -> None:
    for week in range(2):
        for place in (tree.station, tree.other):
            tree.answer(place, 10, week)
        tree.publish(week)
    invited = [{"overall": 4}] * 10
    add_responses(tree.session, tree.station, tree.version, WEEK + 2 * SEVEN, invited, channel=Channel.INVITE)
    tree.answer(tree.station, 10, week=2)
    tree.publish(2)
    for place, evidence, length in ((tree.station, "open", 3), (tree.other, "open", 2), (tree.station, "invited", 1)):
        releases = chain(tree.session, place, evidence)
        assert [release.number for release in releases] == list(range(1, length + 1))
        before = ["", *(release.digest for release in releases)]
        assert [release.previous_digest for release in releases] == before[:length]


def test_two_blocks_of_equal_answers_have_digests_that_do_not_tell_it(tree: Tree) -> None:
    for week in range(2):
        tree.answer(tree.station, 10, week)
        tree.publish(week)
    salts = tree.session.scalars(select(Release.salt)).all()
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {SALT_BYTES}
