"""Marks: what ingest and whoever changes a verdict leave behind for the tallies, in the transaction of their own.

A mark names the answers that it stands for, so that folding costs what is new and not what is stored. It stands for
a minute only; the ids in it are in their own order, which tells nothing.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import Response, TallyMark
from app.models.round import is_blind
from app.services.chunks import chunks
from app.services.responses.judged_response import JudgedResponse

ID_BYTES = 16
_SEQUENCE_BYTES = 4
_CHANGE_BYTES = ID_BYTES + _SEQUENCE_BYTES


class Change(NamedTuple):
    """A verdict of this sequence took the place of the one before it."""

    response_id: UUID
    sequence: int


def marks_of(fresh: Iterable[JudgedResponse]) -> list[dict[str, object]]:
    """One mark for each cell that new responses touched; the caller gives them their keys."""
    ids: dict[tuple[object, ...], list[bytes]] = {}
    for item in fresh:
        incoming = item.incoming
        cell = (item.place_id, incoming.survey_version_id, item.capture.week, incoming.token.channel.value)
        ids.setdefault(cell, []).append(incoming.id.bytes)
    return [
        {
            "place_id": place_id,
            "survey_version_id": version_id,
            "week": week,
            "channel": channel,
            "responses": b"".join(sorted(listed)),
        }
        for (place_id, version_id, week, channel), listed in ids.items()
    ]


def mark_changes(session: Session, changes: Sequence[Change]) -> None:
    """Ask for these answers to be moved from one verdict to the other wherever they are counted.

    For whoever writes a later verdict, in the transaction that writes it. Answers of a round are counted nowhere before
    its results, which are counted by the verdicts that hold then.
    """
    columns = (Response.id, Response.place_id, Response.survey_version_id, Response.week, Response.channel)
    cells = {
        row.id: row
        for chunk in chunks(one.response_id for one in changes)
        for row in session.execute(
            select(*columns).where(Response.id.in_(chunk), ~is_blind(Response.survey_version_id))
        )
    }
    rows = [
        {
            "place_id": cells[one.response_id].place_id,
            "survey_version_id": cells[one.response_id].survey_version_id,
            "week": cells[one.response_id].week,
            "channel": cells[one.response_id].channel,
            "changes": one.response_id.bytes + one.sequence.to_bytes(_SEQUENCE_BYTES, "big"),
        }
        for one in changes
        if one.response_id in cells
    ]
    if rows:
        session.execute(insert(TallyMark), rows)


def read_ids(packed: bytes | None) -> list[UUID]:
    """The responses of a mark."""
    if not packed:
        return []
    return [UUID(bytes=packed[at : at + ID_BYTES]) for at in range(0, len(packed), ID_BYTES)]


def read_changes(packed: bytes | None) -> list[Change]:
    if not packed:
        return []
    pieces = (packed[at : at + _CHANGE_BYTES] for at in range(0, len(packed), _CHANGE_BYTES))
    return [Change(UUID(bytes=piece[:ID_BYTES]), int.from_bytes(piece[ID_BYTES:], "big")) for piece in pieces]
