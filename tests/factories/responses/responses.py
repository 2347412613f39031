"""Responses for tests, as ingest would have stored them, without going through it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.models import Place, Placement, Response, SurveyVersion, TallyMark, Verdict
from tests.factories.codes.placements import add_placement


def add_responses(
    session: Session,
    place: Place,
    version: SurveyVersion,
    week: date,
    answers: Iterable[Mapping[str, Any]],
    *,
    channel: Channel = Channel.POSTER,
    reasons: Sequence[str] = (),
) -> list[UUID]:
    """Responses with their first verdict (set aside if there are reasons) and the mark of their cell."""
    placement = _placement(session, place, version, channel)
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "place_id": place.id,
            "placement_id": placement.id,
            "survey_version_id": version.id,
            "channel": channel.value,
            "evidence": channel.evidence.value,
            "language": "hi",
            "week": week,
            "answers": json.dumps(each, ensure_ascii=False, sort_keys=True),
            "digest": bytes(32),
        }
        for each in answers
    ]
    if not rows:
        return []
    session.execute(insert(Response), rows)
    verdict = {"sequence": 1, "policy_version": 1, "week": week, "reasons": json.dumps(list(reasons))}
    verdict["verdict"] = "set_aside" if reasons else "counted"
    session.execute(insert(Verdict), [{"response_id": row["id"], **verdict} for row in rows])
    names = ("place_id", "survey_version_id", "week", "channel")
    ids = b"".join(sorted(row["id"].bytes for row in rows))
    session.execute(insert(TallyMark), {**{name: rows[0][name] for name in names}, "responses": ids})
    return [row["id"] for row in rows]


def _placement(session: Session, place: Place, version: SurveyVersion, channel: Channel) -> Placement:
    found = session.scalars(
        select(Placement).where(
            Placement.place_id == place.id,
            Placement.survey_id == version.survey_id,
            Placement.channel == channel.value,
        )
    ).first()
    return found or add_placement(session, place, version, channel=channel)
