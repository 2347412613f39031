"""Placements for tests."""

from datetime import date, datetime
from itertools import count

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.domain.codes.number import check_digit
from app.models import Place, Placement, SigningKey, SurveyVersion

_counter = count(1)


def add_placement(
    session: Session,
    place: Place,
    version: SurveyVersion,
    *,
    channel: Channel = Channel.POSTER,
    hung_at: str = "मुख्य द्वार",
    key_id: int = 0,
    expires_on: date | None = None,
    retired_at: datetime | None = None,
    compromised_on: date | None = None,
) -> Placement:
    """A placement issued on 1 January 2026, with its signing key if that was not there."""
    if session.get(SigningKey, key_id) is None:
        session.add(SigningKey(id=key_id, created_on=date(2026, 1, 1)))
        session.flush()
    at = next(_counter)
    digits = f"{at:07d}"
    placement = Placement(
        id=4_000_000_000 + at,
        survey_id=version.survey_id,
        place_id=place.id,
        channel=channel.value,
        hung_at=hung_at,
        number=digits + check_digit(digits),
        key_id=key_id,
        issued_on=date(2026, 1, 1),
        expires_on=expires_on,
        retired_at=retired_at,
        compromised_on=compromised_on,
    )
    session.add(placement)
    session.flush()
    return placement
