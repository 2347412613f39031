"""Answers that are in no release yet."""

import json
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel, Evidence
from app.domain.figures.disclosure import MINIMUM
from app.domain.figures.release import rest_level
from app.domain.responses.verdict import Decision
from app.models import ReleaseMember, Response, Verdict
from app.services.responses.verdicts import holds


class Group(NamedTuple):
    """Answers that may share a block: about one place, one survey version, one evidence class."""

    place_id: int
    survey_version_id: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer in no release. `reason` is the first for which it was set aside, or None if it counts."""

    id: uuid.UUID
    week: date
    answers: str
    reason: str | None

    @property
    def counted(self) -> bool:
        return self.reason is None


def waiting_groups(session: Session, until: date, now_week: date) -> list[Group]:
    """Groups with ten answers that wait, or with some that have waited for half a year, up to a settled week.

    Runs over an index alone: channel stands for evidence, since each channel proves one thing.
    """
    columns = (Response.place_id, Response.survey_version_id, Response.channel)
    rows = session.execute(
        select(*columns, func.count(), func.min(Response.week))
        .where(Response.week <= until, in_no_release())
        .group_by(*columns)
    )
    sizes: dict[Group, int] = defaultdict(int)
    oldest: dict[Group, date] = {}
    for place_id, version_id, channel, number, week in rows:
        group = Group(place_id, version_id, Channel(channel).evidence)
        sizes[group] += number
        oldest[group] = min(week, oldest.get(group, week))
    return sorted(group for group in sizes if sizes[group] >= MINIMUM or rest_level(oldest[group], now_week))


def candidates(session: Session, group: Group, until: date) -> list[Candidate]:
    """The waiting answers of a group, in an order that says nothing of when they came."""
    channels = [channel.value for channel in Channel if channel.evidence is group.evidence]
    named = {"place": group.place_id, "version": group.survey_version_id, "until": until, "channels": channels}
    return [
        Candidate(id_, week, answers, None if verdict == Decision.COUNTED else _first(json.loads(reasons)))
        for id_, week, answers, verdict, reasons in session.execute(_waiting(), named)
    ]


@cache
def _waiting() -> Select[uuid.UUID, date, str, str, str]:
    """Built once: for a thousand stations, putting the statement together would take longer than running it."""
    return (
        select(Response.id, Response.week, Response.answers, Verdict.verdict, Verdict.reasons)
        .join(Verdict, Verdict.response_id == Response.id)
        .where(
            Response.place_id == bindparam("place"),
            Response.survey_version_id == bindparam("version"),
            Response.channel.in_(bindparam("channels", expanding=True)),
            Response.week <= bindparam("until"),
            in_no_release(),
            holds(),
        )
        .order_by(Response.id)
    )


def in_no_release() -> ColumnElement[bool]:
    return ~exists(select(1).where(ReleaseMember.response_id == Response.id))


def _first(reasons: list[str]) -> str:
    return reasons[0] if reasons else ""
