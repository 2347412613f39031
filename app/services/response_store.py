"""Writing responses: the row, its first verdict, what screening needs, and the marks for the tallies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.answers import CheckedAnswers
from app.domain.capture import Capture, Reason
from app.domain.response import Incoming
from app.formats.wire import write_json
from app.models import Arrival, ConflictingCopy, Placement, Response, TallyMark, Verdict

#: the rules by which a machine sets answers aside; raised whenever they change
POLICY_VERSION = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A response with everything that is stored about it."""

    incoming: Incoming
    placement: Placement
    checked: CheckedAnswers
    capture: Capture
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> str:
        return "set_aside" if self.reasons else "counted"


def store(session: Session, judged: Sequence[Judged], now: datetime, address_mac: bytes | None) -> frozenset[UUID]:
    """Insert what is new; which ids that was. The database decides, since two senders may race."""
    if not judged:
        return frozenset()
    statement = _insert(session, Response).on_conflict_do_nothing(index_elements=[Response.id])
    rows = [_response_row(item) for item in judged]
    stored = frozenset(session.scalars(statement.returning(Response.id), rows))
    fresh = [item for item in judged if item.incoming.id in stored]
    if fresh:
        session.execute(_insert(session, Verdict), [_verdict_row(item) for item in fresh])
        session.execute(_insert(session, Arrival), [_arrival_row(item, now, address_mac) for item in fresh])
        cells = {
            (item.placement.place_id, item.incoming.survey_version_id, item.capture.week, item.incoming.token.channel)
            for item in fresh
        }
        names = ("place_id", "survey_version_id", "week", "channel")
        session.execute(_insert(session, TallyMark), [dict(zip(names, cell, strict=True)) for cell in cells])
    return stored


def keep_copy(session: Session, incoming: Incoming) -> None:
    """Keep a different body that came under a known id. It is never counted."""
    copy = {"response_id": incoming.id, "digest": incoming.digest, "body": incoming.body.decode("utf-8", "replace")}
    session.execute(_insert(session, ConflictingCopy).on_conflict_do_nothing(), copy)


def known_digests(session: Session, ids: Sequence[UUID]) -> dict[UUID, bytes]:
    if not ids:
        return {}
    rows = session.execute(select(Response.id, Response.digest).where(Response.id.in_(ids)))
    return {row.id: row.digest for row in rows}


def _response_row(item: Judged) -> dict[str, Any]:
    incoming, channel = item.incoming, item.incoming.token.channel
    broken = {rule.question: incoming.answers.get(rule.question) for rule in item.checked.broken}
    return {
        "id": incoming.id,
        "place_id": item.placement.place_id,
        "placement_id": item.placement.id,
        "survey_version_id": incoming.survey_version_id,
        "channel": channel.value,
        "evidence": channel.evidence.value,
        "language": incoming.language,
        "week": item.capture.week,
        "answers": write_json(item.checked.answers).decode(),
        "broken": write_json(broken).decode() if broken else None,
        "digest": incoming.digest,
    }


def _verdict_row(item: Judged) -> dict[str, Any]:
    return {
        "response_id": item.incoming.id,
        "sequence": 1,
        "verdict": item.verdict,
        "reasons": write_json(item.reasons).decode(),
        "policy_version": POLICY_VERSION,
        "week": item.capture.week,
    }


def _arrival_row(item: Judged, now: datetime, address_mac: bytes | None) -> dict[str, Any]:
    return {
        "response_id": item.incoming.id,
        "arrived_at": now,
        "placement_id": item.placement.id,
        "address_mac": address_mac,
        "body_digest": item.incoming.digest,
    }


def _insert(session: Session, model: type) -> Any:
    """An insert that knows ON CONFLICT, which both databases have but SQLAlchemy's general form lacks."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(model)
