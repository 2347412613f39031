"""How far interviews have come on both databases: counted from those that count, whatever was reworded since."""

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.surveys.quotas import describe_cell
from tests.factories import add_place, add_responses, definition, question
from tests.factories.surveys.quotas import WEEK, QuotaWorld
from tests.factories.surveys.surveys import add_version


@pytest.fixture
def world(any_session: Session) -> QuotaWorld:
    return QuotaWorld(any_session)


def test_only_interviews_that_count_bring_it_further(world: QuotaWorld) -> None:
    world.set()
    asked = {"sex": "woman", "age": "young"}
    add_responses(world.session, world.village, world.version, WEEK, [asked] * 2, channel=Channel.INTERVIEW)
    elsewhere = add_place(world.session, parent=world.state)
    add_responses(world.session, elsewhere, world.version, WEEK, [asked], channel=Channel.INTERVIEW)
    add_responses(world.session, world.village, world.version, WEEK, [asked] * 7)
    add_responses(world.session, world.village, world.version, WEEK, [asked], channel=Channel.KIOSK)
    late = {"channel": Channel.INTERVIEW, "reasons": ["late"]}
    add_responses(world.session, world.village, world.version, WEEK, [asked], **late)
    rest = [{"sex": "man", "age": "old"}, {"sex": None}, {}]
    add_responses(world.session, world.village, world.version, WEEK, rest, channel=Channel.INTERVIEW)
    report = world.report()
    assert report is not None
    assert world.counts()[0] == (("woman", "young"), 3, 3)
    assert (report.target, report.counted, report.beside) == (6, 3, 3)


def test_what_goes_beyond_one_target_fills_no_other(world: QuotaWorld) -> None:
    world.set()
    answers = [{"sex": "man", "age": "young"}] * 5
    add_responses(world.session, world.village, world.version, WEEK, answers, channel=Channel.INTERVIEW)
    report = world.report()
    assert report is not None
    assert (report.counted, report.counts[2].counted, report.counts[2].missing) == (1, 5, 0)


def test_quotas_outlive_a_new_wording_of_the_same_questions(world: QuotaWorld) -> None:
    world.set()
    asked = [{"sex": "woman", "age": "young"}]
    add_responses(world.session, world.village, world.version, WEEK, asked, channel=Channel.INTERVIEW)
    world.version.state = "closed"
    newer = add_version(world.session, world.version, definition([question("sex", "select_one", "woman", "man")]))
    add_responses(world.session, world.village, newer, WEEK, asked, channel=Channel.INTERVIEW)
    report = world.report()
    assert report is not None
    assert report.missing == ("age",)
    assert report.counts[0].counted == 2
    assert describe_cell(report.counts[0].words, "en") == "woman · young"
