"""Answers of one week, as ingest would have stored them, and those that count as arrived."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tests.factories import add_place, add_responses, add_survey

WEEK = date(2026, 6, 8)
NOW = datetime(2026, 6, 11, 6, tzinfo=UTC)


def answer(session: Session, numbers: Collection[int], week: date = WEEK) -> dict[int, list[UUID]]:
    """As many answers to places of their own as each number says; their ids by place."""
    version = add_survey(session)
    places = [add_place(session) for _ in numbers]
    return {
        place.id: add_responses(session, place, version, week, [{"overall": 4}] * number)
        for place, number in zip(places, numbers, strict=True)
    }
