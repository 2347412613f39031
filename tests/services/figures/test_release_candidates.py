"""Answers that wait for a release: whose they are, and which groups have enough of them."""

from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.models import Verdict
from app.services.figures.release_candidates import Group, Outlook, candidates, look_out
from app.services.figures.tallies import fold_marks
from app.services.places.ancestry import Ancestry
from app.services.responses.marks import Change, mark_changes
from tests.factories import add_place, add_responses
from tests.factories.figures.tree import SEVEN, WEEK, Tree
from tests.services.conftest import Noise


def test_evidence_classes_are_never_pooled(tree: Tree) -> None:
    for channel in (Channel.POSTER, Channel.TYPED, Channel.COUNTER):
        add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 4}] * 6, channel=channel)
    tree.publish(0)
    (release,) = tree.shown(tree.station)
    assert (release.evidence.value, release.responses) == ("open", 12)


def test_the_verdict_that_holds_decides(tree: Tree) -> None:
    ids = add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}] * 10)
    event = {"sequence": 2, "verdict": "set_aside", "reasons": '["late"]', "policy_version": 1, "week": WEEK}
    tree.session.execute(insert(Verdict), {"response_id": ids[0], **event})
    mark_changes(tree.session, [Change(ids[0], 2)])
    assert tree.publish(0).own == 0


def waiting(session: Session, group: Group, *weeks: date) -> list[tuple[date, str]]:
    return sorted((one.week, one.reason) for one in candidates(session, group, weeks))


def outlook(tree: Tree, until: date, now_week: date) -> Outlook:
    fold_marks(tree.session)
    return look_out(tree.session, Ancestry.load(tree.session), until, now_week)


def group_of(tree: Tree) -> Group:
    return Group(tree.station.id, tree.version.id, Evidence.OPEN)


def test_what_waits_is_of_one_group_and_its_weeks_with_the_first_reason(tree: Tree, noise: Noise) -> None:
    noise(tree.station, tree.version, WEEK + SEVEN)
    tree.answer(tree.station, 1)
    tree.answer(tree.station, 1, week=1)
    tree.answer(tree.station, 1, week=1, reasons=["late", "empty"])
    tree.answer(tree.station, 1, week=2)
    add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}], channel=Channel.INVITE)
    found = waiting(tree.session, group_of(tree), WEEK, WEEK + SEVEN)
    assert found == [(WEEK, ""), (WEEK + SEVEN, ""), (WEEK + SEVEN, "late")]


def test_what_was_published_waits_no_more(tree: Tree) -> None:
    tree.answer(tree.station, 10)
    tree.publish(0)
    tree.answer(tree.station, 2)
    assert waiting(tree.session, group_of(tree), WEEK) == [(WEEK, "")] * 2


def test_ten_answers_over_all_channels_of_a_class_make_a_group_and_nine_none(tree: Tree) -> None:
    for channel, number in ((Channel.POSTER, 6), (Channel.TYPED, 4), (Channel.COUNTER, 9), (Channel.INVITE, 9)):
        answers = [{"overall": 4}] * number
        add_responses(tree.session, tree.station, tree.version, WEEK, answers, channel=channel)
    assert outlook(tree, WEEK, WEEK).own == {group_of(tree): {WEEK}}
    assert outlook(tree, WEEK - SEVEN, WEEK) == Outlook()


def test_a_group_whose_blocks_reach_so_far_already_waits_for_another_week(tree: Tree) -> None:
    tree.answer(tree.station, 10)
    tree.publish(0)
    tree.answer(tree.station, 10)
    assert outlook(tree, WEEK, WEEK + 2 * SEVEN).own == {}
    assert outlook(tree, WEEK + SEVEN, WEEK + 3 * SEVEN).own == {group_of(tree): {WEEK}}


def test_a_pool_is_looked_at_once_it_has_ten_that_count_with_all_who_give_to_it(tree: Tree) -> None:
    tree.answer(tree.station, 6)
    tree.answer(tree.other, 3)
    tree.answer(tree.district, 3, reasons=["late"])
    until, now_week = WEEK + 30 * SEVEN, WEEK + 26 * SEVEN
    assert outlook(tree, until, now_week) == Outlook()
    tree.answer(tree.other, 1, week=20)
    assert outlook(tree, until, now_week) == Outlook()
    tree.answer(tree.other, 1)
    only_aside = add_place(tree.session, parent=tree.district)
    tree.answer(only_aside, 2, reasons=["late"])
    assert outlook(tree, until, now_week - SEVEN) == Outlook()
    givers = outlook(tree, until, now_week).pools
    assert {pool.group.place_id: {giver.place_id for giver in found} for pool, found in givers.items()} == {
        tree.district.id: {tree.station.id, tree.other.id, only_aside.id}
    }
