"""Answers of a machine among those of people, with the minutes at which they came."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import Arrival, Place, Response, SurveyVersion
from tests.factories.responses.responses import add_responses
from tests.factories.surveys.surveys import definition, question

#: so many questions on the first page that likeness says something
ASKED = definition(
    [
        question("purpose", "select_one", "complaint", "passport", "theft", "other"),
        question("respect", "scale"),
        question("heard", "scale"),
        question("overall", "scale"),
    ],
    [question("money", "select_one", "yes", "no")],
)
#: what the machine sends
COPY: Mapping[str, Any] = {"purpose": "complaint", "respect": 5, "heard": 5, "overall": 5}


def people(number: int, chance: Random) -> list[dict[str, Any]]:
    """Answers of whom two are of one mind by chance only, and none as content as the machine."""
    return [
        {
            "purpose": chance.choice(("complaint", "passport", "theft", "other")),
            "respect": chance.randint(1, 5),
            "heard": chance.randint(1, 5),
            "overall": chance.randint(1, 4),
        }
        for _ in range(number)
    ]


def add_arrived(
    session: Session,
    place: Place,
    version: SurveyVersion,
    week: date,
    answers: Sequence[Mapping[str, Any]],
    first_at: datetime,
    apart: timedelta = timedelta(minutes=1),
) -> list[UUID]:
    """Responses whose arrivals are known still."""
    ids = add_responses(session, place, version, week, answers)
    arrive(session, ids, first_at, apart)
    return ids


def arrive(session: Session, ids: Sequence[UUID], first_at: datetime, apart: timedelta = timedelta(minutes=1)) -> None:
    """Say of responses when they came, one after the other."""
    placements = {id_: session.get_one(Response, id_).placement_id for id_ in ids}
    rows = [
        {
            "response_id": id_,
            "arrived_at": first_at + at * apart,
            "placement_id": placements[id_],
            "body_digest": bytes(32),
        }
        for at, id_ in enumerate(ids)
    ]
    session.execute(insert(Arrival), rows)
