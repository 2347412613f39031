"""Responses to one poster, as its page would send them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from app.domain.codes.channel import Channel
from app.domain.codes.stamp import Stamp
from app.domain.codes.token import Token
from app.domain.responses.response import Incoming, Receipt
from app.formats.canonical_json import write_json
from app.models import Placement, SurveyVersion
from app.services.responses.ingest import ingest_batch
from app.transaction import transaction
from app.web.context import context

NOW = datetime(2026, 6, 10, 6, tzinfo=UTC)
SENTENCE = "मेरी बात ध्यान से सुनी गई और समय पर काम हुआ।"
#: a placement, and the version that it asks
Posted = tuple[Placement, SurveyVersion]


def incoming(posted: tuple[Placement, SurveyVersion], answers: dict[str, Any], id_: UUID | None = None) -> Incoming:
    placement, version = posted
    return Incoming(
        id=id_ or uuid4(),
        token=Token(Channel.POSTER, 0, placement.id),
        survey_version_id=version.id,
        language="hi",
        claimed_week=None,
        stamp=Stamp.at(NOW, 0, placement.id),
        body=write_json(answers),
        answers=answers,
    )


def send(*batch: Incoming, at: datetime = NOW) -> list[Receipt]:
    with transaction() as session:
        return ingest_batch(session, batch, ingest=context().ingest, now=at)
