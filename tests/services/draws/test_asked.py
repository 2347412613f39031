"""How people were asked, as lists, draws, invitations and the record tell it: each reason against a figure alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.domain.codes.channel import Evidence
from app.domain.figures.editions.days import made_at
from app.domain.figures.headline.asked import Usual
from app.domain.figures.headline.label import LabelReason, reasons_of
from app.models import CallCheck, CaseList, Place, RecordEntry, Serial, SurveyVersion
from app.services.draws.asked import Asking, ClassAnswers, usual_on
from tests.factories import add_place, add_survey
from tests.factories.draws.asked_people import RIGHTLY, AskedPeople, add_asked, add_batch, keep_whole

FIRST, LAST = date(2026, 8, 31), date(2026, 11, 15)
DUE = date(2026, 11, 23)
ANSWERS = ClassAnswers("visit", Evidence.INVITED, FIRST, LAST, people=120, copied=0, whole=125)
USUAL = Usual(contactable=0.75, answering=0.5)
PEOPLE = RIGHTLY


@dataclass
class World:
    session: Session
    place: Place
    version: SurveyVersion

    def ask(self, people: AskedPeople = PEOPLE) -> CaseList:
        row = add_asked(self.session, self.place, self.version, FIRST, LAST, people)
        keep_whole(self.session, FIRST, made_at(DUE), [("list", row.id), ("draw", row.id)])
        return row

    def reasons(self, answers: ClassAnswers = ANSWERS, usual: Usual = USUAL) -> tuple[LabelReason, ...]:
        asked = Asking(self.session, self.place, [self.place.id], usual, made_at(DUE)).of(answers)
        assert asked is not None
        return reasons_of(answers.evidence, asked)


@pytest.fixture
def world(any_session: Session) -> World:
    return World(any_session, add_place(any_session, code="S-1"), add_survey(any_session, slug="visit"))


def test_whoever_does_everything_right_is_certified(world: World) -> None:
    world.ask()
    assert world.reasons() == ()


@pytest.mark.parametrize(
    ("reason", "people"),
    [
        (LabelReason.DRAW, replace(PEOPLE, is_drawn_otherwise=True)),
        (LabelReason.ISSUED, replace(PEOPLE, issued=250)),
        (LabelReason.CONTACTS, replace(PEOPLE, all_cases=501)),
        (LabelReason.FEW_DECOYS, replace(PEOPLE, decoys=39)),
        (LabelReason.DECOY_USED, replace(PEOPLE, decoys_used=1)),
    ],
)
def test_each_that_lies_in_the_asking_holds_alone(world: World, reason: LabelReason, people: AskedPeople) -> None:
    world.ask(people)
    usual = Usual(None, USUAL.answering) if reason is LabelReason.CONTACTS else USUAL
    assert world.reasons(usual=usual) == (reason,)


@pytest.mark.parametrize(
    ("reason", "answers"),
    [
        (LabelReason.FEW, replace(ANSWERS, people=25)),
        (LabelReason.RESPONSE, replace(ANSWERS, people=160)),
        (LabelReason.ALIKE, replace(ANSWERS, copied=7)),
    ],
)
def test_each_that_lies_in_the_answers_holds_alone(world: World, reason: LabelReason, answers: ClassAnswers) -> None:
    world.ask()
    assert world.reasons(answers) == (reason,)


@pytest.mark.parametrize(
    ("reason", "tamper"),
    [
        (LabelReason.DRAW, lambda session: session.execute(delete(RecordEntry).where(RecordEntry.about == "list"))),
        (LabelReason.DRAW, lambda session: session.execute(delete(RecordEntry).where(RecordEntry.about == "draw"))),
        (
            LabelReason.RECORD,
            lambda session: session.execute(delete(RecordEntry).where(RecordEntry.number == 300)),
        ),
        (
            LabelReason.RECORD,
            lambda session: session.execute(
                update(RecordEntry).where(RecordEntry.number == 2).values(about="break", about_id=7)
            ),
        ),
    ],
    ids=["no list in the record", "no draw in the record", "an hour without a seal", "broken off"],
)
def test_each_that_lies_in_the_record_holds_alone(
    world: World, reason: LabelReason, tamper: Callable[[Session], object]
) -> None:
    world.ask()
    tamper(world.session)
    assert world.reasons() == (reason,)


def test_invitations_to_people_whom_somebody_chose_hold_against_those_who_were_drawn(world: World) -> None:
    world.ask()
    chosen = replace(PEOPLE, issued=10, used=10, decoys=0)
    add_batch(world.session, world.place, world.version, FIRST, LAST, chosen, None)
    assert world.reasons() == (LabelReason.DRAW, LabelReason.ISSUED)


def test_those_drawn_for_a_place_below_hold_against_those_drawn_for_all_of_it(world: World) -> None:
    world.ask()
    below = add_place(world.session, code="S-1-A", parent=world.place)
    add_asked(world.session, below, world.version, FIRST, LAST)
    within = [world.place.id, below.id]
    asked = Asking(world.session, world.place, within, USUAL, made_at(DUE)).of(ANSWERS)
    assert asked is not None
    assert (asked.drawn, asked.issued, asked.drawn_in_public) == (240, 480, False)


def test_interviews_here_and_there_are_no_figure_of_a_district(world: World) -> None:
    district = add_place(world.session, kind="district", code="D-1")
    asking = Asking(world.session, district, [district.id, world.place.id], USUAL, made_at(DUE))
    assert asking.of(replace(ANSWERS, evidence=Evidence.SAMPLED)) is None


def test_a_link_that_was_cancelled_was_sent_to_nobody(world: World) -> None:
    world.ask()
    world.session.execute(
        update(Serial).where(~Serial.is_decoy, Serial.mark > bytes([240]) + bytes(15)).values(cancelled_on=FIRST)
    )
    assert world.reasons() == (LabelReason.ISSUED,)


def test_where_nobody_was_drawn_there_is_nothing_to_say(world: World) -> None:
    asking = Asking(world.session, world.place, [world.place.id], USUAL, made_at(DUE))
    assert asking.of(ANSWERS) is None
    add_batch(world.session, world.place, world.version, FIRST, LAST, PEOPLE, None)
    assert asking.of(ANSWERS) is None
    assert asking.of(replace(ANSWERS, evidence=Evidence.SAMPLED)) is not None


def test_another_time_survey_or_place_has_nothing_to_do_with_it(world: World) -> None:
    world.ask()
    session, year = world.session, timedelta(weeks=52)
    other = add_place(session, code="S-2")
    assert Asking(session, other, [other.id], USUAL, made_at(DUE)).of(ANSWERS) is None
    here = Asking(session, world.place, [other.id, world.place.id], USUAL, made_at(DUE))
    assert here.of(ANSWERS) is not None
    assert here.of(replace(ANSWERS, survey="other")) is None
    assert here.of(replace(ANSWERS, first=FIRST - year, last=LAST - year)) is None


def test_interviews_are_of_those_who_were_drawn_before(world: World) -> None:
    world.ask(replace(PEOPLE, evidence=Evidence.SAMPLED))
    sampled = replace(ANSWERS, evidence=Evidence.SAMPLED)
    assert world.reasons(sampled) == (LabelReason.UNCHECKED,)
    later = replace(sampled, first=FIRST + timedelta(weeks=20), last=LAST + timedelta(weeks=20))
    assert LabelReason.DRAW in world.reasons(later)


def test_calls_by_an_outside_body_are_those_of_the_quarter_of_the_list(world: World) -> None:
    world.ask(replace(PEOPLE, evidence=Evidence.SAMPLED))
    sampled = replace(ANSWERS, evidence=Evidence.SAMPLED)
    later = CallCheck(
        place_id=world.place.id, quarter=date(2026, 7, 1), checked=99, unconfirmed=99, silent_asked=0, silent_good=0
    )
    calls = CallCheck(
        place_id=world.place.id, quarter=PEOPLE.quarter, checked=20, unconfirmed=2, silent_asked=0, silent_good=0
    )
    world.session.add_all([later, calls])
    world.session.flush()
    assert world.reasons(sampled) == ()
    calls.unconfirmed = 3
    world.session.flush()
    assert world.reasons(sampled) == (LabelReason.CHECK,)
    calls.checked = 19
    calls.unconfirmed = 1
    world.session.flush()
    assert world.reasons(sampled) == (LabelReason.UNCHECKED,)


def test_what_is_usual_is_that_of_the_lists_of_a_year(world: World) -> None:
    assert usual_on(world.session, DUE) == Usual(None, None)
    world.ask()
    assert usual_on(world.session, LAST) == Usual(0.75, None), "these can still be answered"
    assert usual_on(world.session, DUE) == Usual(0.75, 0.5)
    assert usual_on(world.session, DUE + timedelta(days=500)) == Usual(None, None)
