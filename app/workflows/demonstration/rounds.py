"""A poll whose results are there, and a quiz that is announced, so that both ends of a round can be looked at."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.figures.editions.days import day_to_show
from app.domain.responses.response import Incoming
from app.domain.surveys.rounds.round import RoundDates, first_results_day
from app.domain.weeks import IST, day_of
from app.formats.canonical_json import write_json
from app.models import Account, Place
from app.services.codes.placements import IssueRequest, issue_placement
from app.services.figures.rounds.results import count_round, publish_round
from app.services.responses.ingest import ingest_batch
from app.services.responses.ingest_context import IngestContext
from app.services.surveys.rounds import RoundPlan, announce_round, plan_round
from app.services.surveys.surveys import VersionView, import_draft, publish_draft, read_starter
from app.workflows.demonstration.department import Demonstration, first_day

_POLL, _QUIZ = "example-poll", "example-quiz"
_LINK = "नमूना पुलिस का सोशल मीडिया पेज"
#: a week of answers, and how many people give one
_DAYS, _PEOPLE = timedelta(days=6), 260
#: how often each answer is given, in the order of the questionnaire
_LIKED = (30, 24, 12, 28, 6)


def hold_rounds(session: Session, made: Demonstration, ingest: IngestContext, key_id: int, now: datetime) -> None:
    """The poll only where the demonstration goes back far enough."""
    results_on = day_to_show(now)
    last = results_on - timedelta(days=8)
    poll = RoundDates.of_days(last - _DAYS, last, results_on)
    planned_at = poll.opens_at - timedelta(days=2)
    if planned_at >= first_day(made.size, now):
        version, round_id, link = _announce(session, _POLL, poll, key_id, planned_at)
        _answer(session, version, link, key_id, poll, ingest)
        publish_round(session, count_round(session, round_id), poll.shown_from)
    first = day_of(now) + timedelta(days=3)
    last = first + _DAYS
    _announce(session, _QUIZ, RoundDates.of_days(first, last, first_results_day(last)), key_id, now)


def _announce(
    session: Session, starter: str, dates: RoundDates, key_id: int, now: datetime
) -> tuple[VersionView, int, int]:
    """The version that is asked, the round, and a link for it."""
    people = dict(session.execute(select(Account.username, Account.id)).all())
    state = session.scalars(select(Place).where(Place.kind == "state")).one()
    import_draft(session, read_starter(starter), actor_id=people["admin"], now=now)
    version = publish_draft(session, starter, actor_id=people["admin"], now=now)
    plan = RoundPlan(version.survey_id, state.id, dates)
    round_id = plan_round(session, plan, actor_id=people["handles"], now=now)
    announce_round(session, round_id, actor_id=people["admin"], now=now)
    link = IssueRequest(version.survey_id, Channel.HANDLE, _LINK, key_id, people["handles"])
    return version, round_id, issue_placement(session, state.id, link, now=now).id


def _answer(
    session: Session, version: VersionView, link: int, key_id: int, dates: RoundDates, ingest: IngestContext
) -> None:
    chance = Random(f"{version.slug} {dates.results_on}")  # noqa: S311 - invented, not secret
    (question,) = version.definition.questions()
    names = [choice.name for choice in question.choices]
    for at in range(_PEOPLE):
        answers = {question.name: chance.choices(names, _LIKED)[0]}
        arrived = datetime.combine(dates.first_day + timedelta(days=at % 7), datetime.min.time(), IST)
        arrived += timedelta(hours=9, minutes=chance.randrange(600))
        incoming = Incoming(
            id=UUID(int=chance.getrandbits(128), version=4),
            token=Token(Channel.HANDLE, key_id, link),
            survey_version_id=version.id,
            language="hi",
            claimed_week=None,
            stamp=Stamp.at(arrived, key_id, link),
            body=write_json(answers),
            answers=dict(answers),
        )
        ingest_batch(session, [incoming], ingest=ingest, now=arrived)
