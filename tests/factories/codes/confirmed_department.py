"""A department whose address was confirmed, and codes that it may print."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.formats.crypto.tokens import TokenSigner
from app.models import Department, Place
from app.services.codes.placements import IssueRequest, issue_placement
from tests.factories import add_survey

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SIGNER = TokenSigner({0: b"k" * 32})
ADDRESS = "https://samvad.example.in"


def add_department(session: Session, **changed: object) -> None:
    values: dict[str, object] = {
        "name_hi": "नमूना पुलिस",
        "name_en": "Sample Police",
        "host": "samvad.example.in",
        "host_confirmed_on": date(2026, 11, 1),
    }
    session.add(Department(**{**values, **changed}))
    session.flush()


def issue(session: Session, place: Place, channel: Channel = Channel.POSTER) -> int:
    survey = add_survey(session).survey_id
    return issue_placement(session, place.id, IssueRequest(survey, channel, "मुख्य द्वार", 0), now=NOW).id
