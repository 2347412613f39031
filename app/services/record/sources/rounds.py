"""Polls and quizzes with dates as the record tells them: announced, cancelled, published, each by a digest."""

import hashlib
import json
import secrets
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.record.canonical import Value, to_bytes
from app.domain.surveys.rounds.round import canonical, digest_of
from app.models import Round
from app.services.record.log.entries import NewEntry, is_entered

#: what entries are about: what was announced, that it was cancelled, and what came of it
ANNOUNCED, CANCELLED, RESULTS = "round_announced", "round_cancelled", "round_results"


def new_rounds(session: Session) -> list[NewEntry]:
    """What became of rounds and is in no entry yet, in the order in which it happens to each."""
    announced = select(Round).where(Round.announced_at.is_not(None)).order_by(Round.number)
    cancelled = announced.where(Round.cancelled_at.is_not(None), ~is_entered(CANCELLED, Round.id))
    published = announced.where(Round.published_at.is_not(None), ~is_entered(RESULTS, Round.id))
    return [
        *(_announced(row) for row in session.scalars(announced.where(~is_entered(ANNOUNCED, Round.id)))),
        *(_cancelled(row) for row in session.scalars(cancelled)),
        *(_entry(RESULTS, row, "results", row.digest) for row in session.scalars(published)),
    ]


def _announced(row: Round) -> NewEntry:
    """The digest is that of what is served until the results, which hold it."""
    if row.published_at is None:
        return _entry(ANNOUNCED, row, "announced", row.digest)
    announced = json.loads(row.document or "{}")["announced"]
    return _entry(ANNOUNCED, row, "announced", digest_of(canonical(announced)))


def _cancelled(row: Round) -> NewEntry:
    # Salted, as every sentence is that a law may make the department take away.
    texts: dict[str, Value] = json.loads(row.reason or "{}")
    text = to_bytes({"salt": secrets.token_hex(16), "texts": texts}).decode()
    digest = hashlib.sha256(text.encode()).hexdigest()
    return replace(_entry(CANCELLED, row, "cancelled", digest), files={f"texts/{digest}.json": text})


def _entry(about: str, row: Round, what: str, digest: str | None) -> NewEntry:
    return NewEntry("round", about, row.id, {"subject": str(row.number), "what": what, "digest": digest or ""})
