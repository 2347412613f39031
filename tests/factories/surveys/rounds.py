"""Polls and quizzes with dates for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming
from app.domain.surveys.rounds.round import RoundDates
from app.domain.surveys.survey import SurveyDefinition
from app.domain.weeks import IST
from app.formats.canonical_json import write_json
from app.models import Account, Place, Placement, SurveyVersion
from app.services.responses.ingest import ingest_batch
from app.services.surveys.rounds import RoundPlan, announce_round, plan_round
from app.transaction import transaction
from app.web.context import context
from tests.factories.codes.placements import add_placement
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import add_survey, definition, question

ASKED = [
    question("first", "select_one", "patrol", "traffic", "fraud"),
    question("second", "select_one", "yes", "no"),
]
POLL = definition(ASKED, kind="poll")
QUIZ = definition([{**ASKED[0], "key": "traffic", "why": {"hi": "क्योंकि", "en": "Because."}}], kind="quiz")

FIRST, LAST, RESULTS = date(2026, 6, 9), date(2026, 6, 21), date(2026, 6, 29)
DATES = RoundDates.of_days(FIRST, LAST, RESULTS)
PLANNED_AT = datetime(2026, 6, 5, 6, tzinfo=UTC)
OPEN_AT = datetime(2026, 6, 10, 6, tzinfo=UTC)
CLOSED_AT = datetime(2026, 6, 23, 6, tzinfo=UTC)
RESULTS_AT = datetime(2026, 6, 29, 11, tzinfo=IST)


def two_people(session: Session, place: Place) -> tuple[int, int]:
    """Who plans and who approves."""
    made = [
        Account(username=f"{role}-{place.id}", name=role, role=role, place_id=place.id, password_hash="")
        for role in ("outreach", "state_admin")
    ]
    session.add_all(made)
    session.flush()
    return made[0].id, made[1].id


@dataclass(frozen=True)
class Ballot:
    """A round of a state with two stations, a link of the state, and a poster at each station."""

    round_id: int
    number: int | None
    version_id: int
    survey_id: int
    state_id: int
    link_id: int
    poster_ids: tuple[int, ...]
    planner: int
    approver: int


def add_ballot(
    session: Session,
    asked: SurveyDefinition = POLL,
    *,
    slug: str = "ballot",
    announced: bool = True,
    state: Place | None = None,
) -> Ballot:
    version = add_survey(session, asked, slug=slug)
    state = state or add_place(session, kind="state", code=f"ST-{slug}")
    stations = [add_place(session, parent=state, code=f"{slug}-{at}") for at in range(2)]
    link = add_placement(session, state, version, channel=Channel.HANDLE, hung_at="our page")
    posters = tuple(add_placement(session, station, version).id for station in stations)
    planner, approver = two_people(session, state)
    plan = RoundPlan(version.survey_id, state.id, DATES)
    round_id = plan_round(session, plan, actor_id=planner, now=PLANNED_AT)
    number = announce_round(session, round_id, actor_id=approver, now=PLANNED_AT) if announced else None
    return Ballot(round_id, number, version.id, version.survey_id, state.id, link.id, posters, planner, approver)


def answer(
    ballot: Ballot,
    *answers: dict[str, str],
    placement_id: int | None = None,
    at: datetime = OPEN_AT,
    opened: datetime | None = None,
) -> None:
    """Send these as a phone would that opened the link at `opened`; each arrives a minute after the one before."""
    with transaction() as session:
        placement = session.get_one(Placement, placement_id or ballot.link_id)
        session.get_one(SurveyVersion, ballot.version_id)
        for order, one in enumerate(answers):
            incoming = Incoming(
                id=uuid4(),
                token=Token(Channel(placement.channel), 0, placement.id),
                survey_version_id=ballot.version_id,
                language="hi",
                claimed_week=None,
                stamp=Stamp.at(opened or at, 0, placement.id),
                body=write_json(one),
                answers=dict(one),
            )
            arrived = at + timedelta(minutes=order)
            (receipt,) = ingest_batch(session, [incoming], ingest=context().ingest, now=arrived)
            assert receipt.problem is None


def set_clock(app: Flask, at: datetime) -> None:
    app.config["CLOCK"] = lambda: at
