"""Codes issued for tests, as the office issues them."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.models import Place, SurveyVersion
from app.services.codes.placements import IssueRequest, issue_placement

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def request(version: SurveyVersion, channel: Channel = Channel.POSTER, **changed: object) -> IssueRequest:
    values: dict[str, object] = {"survey_id": version.survey_id, "channel": channel, "hung_at": "मुख्य द्वार", "key_id": 0}
    return IssueRequest(**{**values, **changed})  # type: ignore[arg-type]


def issue(session: Session, place: Place, version: SurveyVersion, **changed: object) -> int:
    return issue_placement(session, place.id, request(version, **changed), now=NOW).id  # type: ignore[arg-type]
