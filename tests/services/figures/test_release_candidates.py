"""Answers that wait for a release: whose they are, and which groups have enough of them."""

from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.models import Verdict
from app.services.figures.release_candidates import Group, candidates, waiting_groups
from tests.factories import add_responses
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
    assert tree.publish(0).own == 0


def waiting(session: Session, group: Group, until: date = WEEK) -> list[tuple[date, str | None]]:
    found = ((one.week, one.reason) for one in candidates(session, group, until))
    return sorted(found, key=lambda one: (one[0], one[1] or ""))


def group_of(tree: Tree) -> Group:
    return Group(tree.station.id, tree.version.id, Evidence.OPEN)


def test_what_waits_is_of_one_group_up_to_a_week_with_its_first_reason(tree: Tree, noise: Noise) -> None:
    noise(tree.station, tree.version, WEEK + SEVEN)
    tree.answer(tree.station, 1)
    tree.answer(tree.station, 1, week=1)
    tree.answer(tree.station, 1, week=1, reasons=["late", "empty"])
    tree.answer(tree.station, 1, week=2)
    add_responses(tree.session, tree.station, tree.version, WEEK, [{"overall": 5}], channel=Channel.INVITE)
    year_ago = WEEK - 51 * SEVEN
    found = waiting(tree.session, group_of(tree), WEEK + SEVEN)
    assert [one for one in found if one[0] > year_ago] == [(WEEK, None), (WEEK + SEVEN, None), (WEEK + SEVEN, "late")]


def test_what_was_published_waits_no_more(tree: Tree) -> None:
    tree.answer(tree.station, 10)
    tree.publish(0)
    tree.answer(tree.station, 2)
    assert waiting(tree.session, group_of(tree)) == [(WEEK, None)] * 2


def test_ten_answers_over_all_channels_of_a_class_make_a_group_and_nine_none(tree: Tree) -> None:
    for channel, number in ((Channel.POSTER, 6), (Channel.TYPED, 4), (Channel.COUNTER, 9), (Channel.INVITE, 9)):
        answers = [{"overall": 4}] * number
        add_responses(tree.session, tree.station, tree.version, WEEK, answers, channel=channel)
    assert waiting_groups(tree.session, WEEK, WEEK) == [group_of(tree)]
    assert waiting_groups(tree.session, WEEK - SEVEN, WEEK) == []


def test_a_few_are_looked_at_once_they_have_waited_for_half_a_year(tree: Tree) -> None:
    tree.answer(tree.station, 1)
    tree.answer(tree.station, 1, week=20)
    until = WEEK + 30 * SEVEN
    assert waiting_groups(tree.session, until, WEEK + 25 * SEVEN) == []
    assert waiting_groups(tree.session, until, WEEK + 26 * SEVEN) == [group_of(tree)]
