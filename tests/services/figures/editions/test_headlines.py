"""The headline of an edition: only of people who were drawn or interviewed, with all that holds against it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.editions.days import made_at
from app.domain.figures.report import EvidenceSection
from app.models import CallCheck
from app.services.figures.editions.reports import edition_report
from tests.factories.draws.asked_people import RIGHTLY, add_asked, keep_whole
from tests.factories.figures.desk import WEEK, Desk
from tests.services.figures.editions.test_making import DUE, freeze

SATISFIED = [{"overall": 5}] * 72 + [{"overall": 1}] * 48


@pytest.fixture
def desk(any_session: Session) -> Desk:
    return Desk(any_session)


def sections(desk: Desk, place: str = "station") -> dict[Evidence, EvidenceSection]:
    desk.report()
    edition = freeze(desk.session, getattr(desk, place).id)
    assert edition is not None
    report = edition_report(desk.session, edition, "visit", DUE)
    return {section.evidence: section for section in report.sections}


def ask(desk: Desk) -> None:
    last = WEEK + timedelta(days=60)
    row = add_asked(desk.session, desk.station, desk.version, WEEK - timedelta(days=7), last)
    keep_whole(desk.session, date(2026, 5, 25), made_at(DUE), [("list", row.id), ("draw", row.id)])


def test_people_who_were_drawn_make_the_headline_of_their_place_and_of_none_above(desk: Desk) -> None:
    ask(desk)
    desk.answer(SATISFIED, channel=Channel.INVITE)
    desk.answer([{"overall": 1}] * 50)
    told = sections(desk)
    headline = told[Evidence.INVITED].headline
    assert headline is not None
    assert headline.share.words.text() == "about 60 in 100, between 51 and 68"
    assert headline.label.reasons == ()
    assert (headline.label.answers, headline.label.false) == (120, 18)
    assert headline.label.limits == (43, 79)
    assert told[Evidence.OPEN].headline is None
    assert sections(desk, "district")[Evidence.INVITED].headline is None, "one station of it is not the district"


def test_silent_people_who_were_called_speak_beside_it(desk: Desk) -> None:
    ask(desk)
    calls = {"checked": 0, "unconfirmed": 0, "silent_asked": 24, "silent_good": 6}
    desk.session.add(CallCheck(place_id=desk.station.id, quarter=RIGHTLY.quarter, **calls))
    desk.answer(SATISFIED, channel=Channel.INVITE)
    headline = sections(desk)[Evidence.INVITED].headline
    assert headline is not None
    assert headline.label.of_all == (40, 30, 55)


def test_interviews_come_before_invitations(desk: Desk) -> None:
    ask(desk)
    desk.answer(SATISFIED, channel=Channel.INVITE)
    desk.answer(SATISFIED, channel=Channel.INTERVIEW)
    told = sections(desk)
    assert told[Evidence.INVITED].headline is None
    sampled = told[Evidence.SAMPLED].headline
    assert sampled is not None
    assert sampled.label.reasons == ("draw", "unchecked")


def test_where_nobody_was_drawn_and_nobody_interviewed_there_is_none(desk: Desk) -> None:
    desk.answer(SATISFIED, channel=Channel.INVITE)
    desk.answer(SATISFIED)
    desk.answer(SATISFIED, channel=Channel.SLIP)
    assert [section.headline for section in sections(desk).values()] == [None, None, None]


def test_where_no_share_can_be_told_there_is_none(desk: Desk) -> None:
    ask(desk)
    desk.answer([{"overall": 5}] * 20, channel=Channel.INVITE)
    assert sections(desk)[Evidence.INVITED].headline is None
