"""Forms without an id that were sent twice: by a second tap, or by going back to a page that seemed to hang."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.responses.response import Incoming
from app.domain.surveys.survey import Answers, Question
from app.models import Arrival
from app.services.locks import hold_for

#: two people behind one address may well tick the same, but not before the first has put the phone down
TAPPED_WITHIN = timedelta(seconds=10)
#: nor do two people write the same sentence
WRITTEN_WITHIN = timedelta(minutes=10)
TELLING_TEXT = 20


def is_repeated(
    session: Session, incoming: Incoming, within: timedelta, address_mac: bytes | None, now: datetime
) -> bool:
    """Whether the same sender sent the same answers from the same page, of the same hour, a moment ago.

    Without a stamp nothing shows that two came from one page.
    """
    if address_mac is None or incoming.stamp is None:
        return False
    digest = incoming.arrival_digest
    # Two taps of one finger arrive together, and the second must see the first.
    hold_for(session, address_mac + digest)
    earlier = (
        select(Arrival.placement_id)
        .where(Arrival.arrived_at >= now - within, Arrival.body_digest == digest)
        .where(Arrival.address_mac == address_mac, Arrival.placement_id == incoming.token.placement_id)
    )
    return session.scalars(earlier).first() is not None


def same_sender_within(questions: Iterable[Question], answers: Answers) -> timedelta:
    """For how long the same answers must come from one person: longer if they hold a text."""
    texts = (answers.get(question.name) for question in questions if question.type.is_free_text)
    telling = any(isinstance(text, str) and len(text) >= TELLING_TEXT for text in texts)
    return WRITTEN_WITHIN if telling else TAPPED_WITHIN
