"""Writing responses: the row, its first verdict, what screening needs, and the marks for the tallies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Insert, Row, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.answers import CheckedAnswers
from app.domain.capture import Capture, Reason
from app.domain.response import Incoming
from app.formats.wire import write_json
from app.models import Base, Response

#: the rules by which a machine sets answers aside; raised whenever they change
POLICY_VERSION = 1

_RESPONSE = Base.metadata.tables["response"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A response with everything that is stored about it."""

    incoming: Incoming
    placement: Row[*tuple[Any, ...]]
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
    database = session.connection()
    inserts = _inserts(database.dialect.name)
    stored = _insert_new(database, inserts, [_response_row(item) for item in judged])
    fresh = [item for item in judged if item.incoming.id in stored]
    if fresh:
        database.execute(inserts.verdict, [_verdict_row(item) for item in fresh])
        database.execute(inserts.arrival, [_arrival_row(item, now, address_mac) for item in fresh])
        database.execute(inserts.mark, _marks(fresh))
    return stored


def _insert_new(database: Connection, inserts: "_Inserts", rows: list[dict[str, Any]]) -> frozenset[UUID]:
    """Insert the responses whose id is new, and say which those are.

    PostgreSQL says it by RETURNING. SQLite's writers take turns from BEGIN to COMMIT, so a look beforehand is
    as good there, and costs half.
    """
    if database.dialect.name == "postgresql":
        # In one order for all, or two senders of the same responses would wait for each other for ever.
        ordered = sorted(rows, key=lambda row: row["id"].bytes)
        return frozenset(database.scalars(inserts.response.returning(_RESPONSE.c.id), ordered))
    ids = {row["id"].bytes: row["id"] for row in rows}
    marks = ", ".join("?" * len(ids))
    known = database.exec_driver_sql(f"SELECT id FROM response WHERE id IN ({marks})", tuple(ids))  # noqa: S608
    database.execute(inserts.response, rows)
    return frozenset(ids.values()) - {ids[id_] for id_ in known.scalars()}


def keep_copy(session: Session, incoming: Incoming) -> None:
    """Keep a different body that came under a known id. It is never counted."""
    copy = {"response_id": incoming.id, "digest": incoming.digest, "body": incoming.body.decode("utf-8", "replace")}
    session.execute(_inserts(session.get_bind().dialect.name).copy, copy)


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
        "reasons": write_json(item.reasons).decode() if item.reasons else "[]",
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


def _marks(fresh: Sequence[Judged]) -> list[dict[str, Any]]:
    """One mark for each cell that was touched."""
    cells = {
        (item.placement.place_id, item.incoming.survey_version_id, item.capture.week, item.incoming.token.channel.value)
        for item in fresh
    }
    names = ("place_id", "survey_version_id", "week", "channel")
    return [dict(zip(names, cell, strict=True)) for cell in cells]


class _Inserts(NamedTuple):
    response: Insert
    verdict: Insert
    arrival: Insert
    mark: Insert
    copy: Insert


@cache
def _inserts(dialect: str) -> _Inserts:
    """The statements, made once: on tables rather than classes, which spares the unit of work for each row.

    ON CONFLICT is known to both databases, but not to SQLAlchemy's general insert.
    """
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return _Inserts(
        response=insert(_RESPONSE).on_conflict_do_nothing(index_elements=["id"]),
        verdict=insert(Base.metadata.tables["verdict"]),
        arrival=insert(Base.metadata.tables["arrival"]),
        mark=insert(Base.metadata.tables["tally_mark"]),
        copy=insert(Base.metadata.tables["conflicting_copy"]).on_conflict_do_nothing(),
    )
