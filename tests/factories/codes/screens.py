"""Counter screens for tests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.codes.channel import Channel
from app.services.codes.counter_screens import add_screen, enrol_screen, give_screen_code
from app.services.codes.placements import IssueRequest
from tests.factories.places.places import add_place
from tests.factories.surveys.surveys import VISIT, add_survey


@dataclass(frozen=True, slots=True)
class RegisteredScreen:
    """A screen in the register with a code that is good for ten minutes."""

    placement_id: int
    place_id: int
    version_id: int
    code: str


def register_screen(session: Session, *, now: datetime, spot: str = "सहायता डेस्क", **place: Any) -> RegisteredScreen:
    at = add_place(session, **place)
    version = add_survey(session, VISIT)
    placement = add_screen(session, at.id, IssueRequest(version.survey_id, Channel.COUNTER, spot, 0), now=now)
    given = give_screen_code(session, placement.id, actor_id=None, now=now)
    return RegisteredScreen(placement.id, at.id, version.id, given.code)


def enrolled_screen(session: Session, secret: bytes, *, now: datetime, **more: Any) -> RegisteredScreen:
    """One that a browser with this secret has become."""
    screen = register_screen(session, now=now, **more)
    enrol_screen(session, screen.code, secret, now=now)
    return screen
