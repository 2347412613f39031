"""Writing responses: the row, its first verdict and what it follows from, what screening needs, marks of tallies."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Dialect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.responses.response import Incoming
from app.domain.responses.screening.policy import reasons_at_arrival
from app.formats.canonical_json import write_json
from app.models import Base, ConflictingCopy, Response
from app.models.tally import draw_mark_id
from app.services.locks import Job, share
from app.services.prepared_statements import PreparedStatement
from app.services.responses.judged_response import JudgedResponse
from app.services.responses.marks import marks_of
from app.services.responses.seals.row_marks import MARK_KEY, MarkedAnswer, MarkedVerdict, mark_answer, mark_verdict
from app.services.responses.single_use import claim_single_uses

#: no honest device sends a second body under an id: its answers are frozen when they get one
MOST_COPIES = 20

_RESPONSE = Base.metadata.tables["response"]
_INSERT_ON_POSTGRESQL = (
    postgresql.insert(_RESPONSE).on_conflict_do_nothing(index_elements=["id"]).returning(_RESPONSE.c.id)
)
Row = dict[str, object]
_ARRIVAL = ("arrived_at", "response_id", "placement_id", "address_mac", "body_digest")
_FINDING = ("response_id", "rule", "alike", "expected_tenths", "tail", "week")
_MARK = ("id", "place_id", "survey_version_id", "week", "channel", "responses")


def store(
    session: Session, judged: Sequence[JudgedResponse], now: datetime, address_mac: bytes | None
) -> frozenset[UUID]:
    """Insert what is new; which ids that was. The database decides, since two senders may race."""
    if not judged:
        return frozenset()
    database = session.connection()
    inserts = _inserts(database.dialect)
    key: bytes = session.info[MARK_KEY]
    stored = _insert_new(database, inserts, {item.incoming.id: _response_row(item, key) for item in judged})
    fresh = claim_single_uses(session, [item for item in judged if item.incoming.id in stored])
    if fresh:
        inserts.verdict.insert(database, [_verdict_row(item, key) for item in fresh])
        if found := [row for item in fresh if item.reasons for row in _finding_rows(item)]:
            inserts.finding.insert(database, found)
        inserts.arrival.insert(database, [_arrival_row(item, now, address_mac) for item in fresh])
        marks = marks_of(item for item in fresh if not item.is_blind)
        inserts.mark.insert(database, [{"id": draw_mark_id(), **mark} for mark in marks])
    return stored


def _insert_new(database: Connection, inserts: "_Inserts", rows: dict[UUID, Row]) -> frozenset[UUID]:
    """Insert the responses whose id is new, and say which those are.

    PostgreSQL says it by RETURNING, in one round trip for all of them; on SQLite there are no round trips.
    """
    if database.dialect.name == "postgresql":
        # In one order for all, or two senders of the same responses would wait for each other for ever.
        ordered = [rows[id_] for id_ in sorted(rows)]
        return frozenset(database.scalars(_INSERT_ON_POSTGRESQL, ordered))
    inserted = inserts.response.insert_each(database, rows.values())
    return frozenset(id_ for id_, is_new in zip(rows, inserted, strict=True) if is_new)


def keep_copy(session: Session, incoming: Incoming) -> bool:
    """Keep a different body that came under a known id, unless there are enough of them. It is never counted.

    Two senders at once may keep one more: the limit is there so that one id cannot fill the disk.
    """
    share(session, Job.SHUFFLE)
    held = session.scalars(select(ConflictingCopy.digest).where(ConflictingCopy.response_id == incoming.id)).all()
    if len(held) >= MOST_COPIES:
        return incoming.digest in held
    copy = {"response_id": incoming.id, "digest": incoming.digest, "body": incoming.body.decode("utf-8", "replace")}
    database = session.connection()
    _inserts(database.dialect).copy.insert(database, [copy])
    return True


def known_digests(session: Session, ids: Sequence[UUID]) -> dict[UUID, bytes]:
    if not ids:
        return {}
    rows = session.execute(select(Response.id, Response.digest).where(Response.id.in_(ids)))
    return {row.id: row.digest for row in rows}


def _response_row(item: JudgedResponse, key: bytes) -> Row:
    incoming, channel = item.incoming, item.incoming.token.channel
    broken = {rule.question: incoming.answers.get(rule.question) for rule in item.checked.broken}
    answer = MarkedAnswer(
        incoming.id,
        incoming.token.placement_id,
        channel.value,
        channel.evidence.value,
        incoming.language,
        item.capture.week,
        write_json(item.checked.answers).decode(),
        write_json(broken).decode() if broken else None,
        incoming.digest,
    )
    row: Row = answer._asdict()
    row["place_id"], row["survey_version_id"] = item.place_id, incoming.survey_version_id
    row["mark"] = mark_answer(key, answer, item.place, item.version) if key else None
    return row


def _verdict_row(item: JudgedResponse, key: bytes) -> Row:
    reasons = write_json(reasons_at_arrival(item.reasons)).decode() if item.reasons else "[]"
    event = MarkedVerdict(
        item.incoming.id, 1, item.verdict.value, reasons, item.policy, item.capture.week, account_id=None
    )
    row: Row = event._asdict()
    row["mark"] = mark_verdict(key, event) if key else None
    return row


def _finding_rows(item: JudgedResponse) -> Iterator[Row]:
    """What lay in the answer itself, so that its first verdict can be made again."""
    numbers = {"alike": 1, "expected_tenths": 0, "tail": 0}
    for reason in reasons_at_arrival(item.reasons):
        yield {"response_id": item.incoming.id, "rule": reason.value, **numbers, "week": item.capture.week}


def _arrival_row(item: JudgedResponse, now: datetime, address_mac: bytes | None) -> Row:
    return {
        "response_id": item.incoming.id,
        "arrived_at": now,
        "placement_id": item.incoming.token.placement_id,
        "address_mac": address_mac,
        "body_digest": item.incoming.arrival_digest,
    }


class _Inserts(NamedTuple):
    response: PreparedStatement
    verdict: PreparedStatement
    finding: PreparedStatement
    arrival: PreparedStatement
    mark: PreparedStatement
    copy: PreparedStatement


@lru_cache(maxsize=4)
def _inserts(dialect: Dialect) -> _Inserts:
    """ON CONFLICT is known to both databases, but not to SQLAlchemy's general insert."""
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    tables = Base.metadata.tables
    verdict = (*MarkedVerdict._fields, "mark")
    return _Inserts(
        response=PreparedStatement(insert(_RESPONSE).on_conflict_do_nothing(index_elements=["id"]), dialect),
        verdict=PreparedStatement(insert(tables["verdict"]), dialect, verdict),
        finding=PreparedStatement(insert(tables["finding"]), dialect, _FINDING),
        arrival=PreparedStatement(insert(tables["arrival"]), dialect, _ARRIVAL),
        mark=PreparedStatement(insert(tables["tally_mark"]), dialect, _MARK),
        copy=PreparedStatement(insert(tables["conflicting_copy"]).on_conflict_do_nothing(), dialect),
    )
