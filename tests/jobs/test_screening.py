"""Screening as the worker does it: found while minutes are known, and set aside before anything is published."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.surveys.survey import SurveyDefinition
from app.domain.weeks import IST, week_of
from app.jobs.folding import fold_all
from app.jobs.publishing import publish_all, run_in_portions
from app.jobs.screening import screen
from app.models import Arrival, Finding, ReleaseMember, Tally, Verdict, WeekWays
from app.services.figures.release_queries import releases_of, verify_releases
from app.services.figures.releases import Publication
from app.services.responses.arrivals import KEPT, forget_arrivals
from app.services.responses.screening.findings import mark_unscreened
from app.services.responses.verdicts import holds
from app.transaction import reading, transaction
from tests.factories.figures.tree import SEVEN, WEEK, Tree, settled
from tests.factories.responses.alike import ASKED, COPY, add_arrived, people
from tests.thief.days import seeded

pytestmark = pytest.mark.both_databases
#: a Tuesday morning of the first week
CAME = datetime(2026, 6, 2, 9, tzinfo=IST)
DAY = timedelta(days=1)


@pytest.fixture
def content() -> SurveyDefinition:
    return ASKED


def send(places: Tree, answers: list[dict[str, object]], at: datetime = CAME, week: int = 0) -> set[UUID]:
    with transaction() as session:
        return set(add_arrived(session, places.station, places.version, WEEK + week * SEVEN, answers, at))


def forget(now: datetime) -> None:
    with transaction() as session:
        mark_unscreened(session, now - KEPT, week_of(now))
        forget_arrivals(session, now)


def set_aside() -> dict[UUID, str]:
    with reading() as session:
        rows = session.execute(
            select(Verdict.response_id, Verdict.reasons).where(Verdict.verdict == "set_aside", holds())
        )
        return dict(map(tuple, rows))


def rules() -> Counter[str]:
    with reading() as session:
        return Counter(session.scalars(select(Finding.rule)))


def published(places: Tree) -> list[tuple[int, int]]:
    """Of each block of the station, how many count and how many were set aside."""
    with reading() as session:
        assert verify_releases(session).faults == []
        return [(one.responses, one.set_aside) for one in releases_of(session, places.station.id, [places.version.id])]


def test_what_a_machine_sent_is_set_aside_openly_and_what_people_said_is_published(places: Tree, app: Flask) -> None:
    honest = send(places, people(60, seeded(1)), CAME - DAY)
    copies = send(places, [dict(COPY)] * 40)
    screen(CAME + timedelta(hours=37))
    assert rules()["short"] >= 40
    assert set_aside() == {}, "the verdict comes just before a block is made"
    forget(CAME + 4 * DAY)
    fold_all()
    publish_all(settled(0))
    fold_all()
    aside = set_aside()
    assert set(aside.values()) == {'["copied"]'}
    assert aside.keys() <= copies
    assert len(aside) > 30, "a few copies stay: as many as honest people would have been alike"
    assert published(places) == [(100 - len(aside), 0)]
    with reading() as session:
        told = dict(
            map(
                tuple,
                session.execute(select(Tally.verdict, Tally.responses).where(Tally.place_id == places.station.id)),
            )
        )
        assert told == {"counted": 100 - len(aside), "set_aside": len(aside)}
        assert honest <= set(session.scalars(select(ReleaseMember.response_id)))


def test_copies_enter_a_block_as_set_aside_when_nobody_has_decided_in_three_weeks(places: Tree) -> None:
    send(places, people(20, seeded(2)), CAME - DAY)
    send(places, [dict(COPY)] * 40)
    screen(CAME + timedelta(hours=37))
    fold_all()
    publish_all(settled(0))
    aside = len(set_aside())
    assert published(places) == [(60 - aside, 0)]
    for week, expected in ((3, 0), (4, aside)):
        send(places, people(12, seeded(week)), CAME + week * SEVEN, week)
        fold_all()
        publish_all(settled(week))
        assert published(places)[-1] == (12, expected)


def test_an_answer_enters_no_block_while_its_minute_is_known(places: Tree) -> None:
    """Twelve late ones that arrived a minute ago were published at once."""
    now = settled(3)
    send(places, people(12, seeded(3)), now - timedelta(minutes=13))
    fold_all()
    for later, blocks in ((timedelta(), 0), (timedelta(hours=71), 0), (KEPT + timedelta(minutes=1), 1)):
        screen(now + later)
        publish_all(now + later)
        assert len(published(places)) == blocks, later


def test_an_answer_that_arrives_while_blocks_are_made_enters_none(places: Tree) -> None:
    now = settled(3)
    send(places, people(12, seeded(9)), CAME)
    forget(CAME + 4 * DAY)
    fold_all()
    steps = Publication(now).steps()
    # Look back and look out; then somebody whose phone had no network for three weeks sends.
    run_in_portions(islice(steps, 2), portion_s=0)
    late = send(places, people(1, seeded(10)), now + timedelta(seconds=3))
    run_in_portions(steps, portion_s=0)
    assert published(places) == [(12, 0)]
    with reading() as session:
        assert late.isdisjoint(session.scalars(select(ReleaseMember.response_id)))


def test_a_crowd_of_people_who_are_angry_at_once_is_not_set_aside(places: Tree) -> None:
    """Sixty in three hours, and all of them give the worst of everything; they came for different things."""
    chance = seeded(4)
    angry = [{**one, "respect": 1, "heard": 1, "overall": 1} for one in people(60, chance)]
    send(places, angry)
    send(places, people(40, chance), CAME - DAY)
    screen(CAME + timedelta(hours=37))
    fold_all()
    publish_all(settled(0))
    assert set_aside() == {}
    assert published(places) == [(100, 0)]


def test_what_was_forgotten_unscreened_says_so(places: Tree) -> None:
    ids = send(places, people(3, seeded(5)))
    forget(CAME + timedelta(hours=73))
    assert rules() == {"missed": len(ids)}
    with reading() as session:
        assert session.scalars(select(Arrival.response_id)).all() == []


def test_slow_copies_are_found_by_the_weeks_alone(places: Tree) -> None:
    """Some a day, over four weeks, and no minute is known of any."""
    chance = seeded(6)
    for week in range(4):
        with transaction() as session:
            places.session = session
            for answers in (people(6, chance), [dict(COPY)] * 15):
                add_arrived(session, places.station, places.version, WEEK + week * SEVEN, answers, CAME + week * SEVEN)
            forget_arrivals(session, CAME + (week + 1) * SEVEN)
    fold_all()
    publish_all(settled(3))
    assert 45 < len(set_aside()) <= 60
    assert rules()["long"] >= 45


def test_ways_are_learnt_once_a_week_and_those_of_long_ago_are_forgotten(places: Tree) -> None:
    send(places, people(30, seeded(7)))
    screen(settled(0))
    screen(settled(0) + DAY)
    with reading() as session:
        weeks = set(session.scalars(select(WeekWays.week)))
    # The version was published on New Year's Day.
    assert (min(weeks), max(weeks)) == (date(2025, 12, 29), WEEK)
    screen(settled(40))
    with reading() as session:
        assert min(session.scalars(select(WeekWays.week))) == WEEK + (40 - 25) * SEVEN


def test_a_run_that_is_broken_off_is_gone_on_with(places: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    send(places, [dict(COPY)] * 40)
    monkeypatch.setattr("app.services.responses.screening.arrived.MOST_AT_ONCE", 15)
    with monkeypatch.context() as broken:
        broken.setattr("app.jobs.screening.let_others_in", iter(range(2)).__next__)
        with pytest.raises(StopIteration):
            screen(CAME + timedelta(hours=37))
    with reading() as session:
        known = session.scalars(select(Arrival.is_screened)).all()
    assert 0 < sum(known) < 40
    screen(CAME + timedelta(hours=37))
    assert rules() == {"short": 40}
