"""Verdicts that are given after an answer was stored: written with their marks, and with a note to seal them."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import Unsealed, Verdict
from app.services.responses.seals.row_marks import MARK_KEY, MarkedVerdict, mark_verdict


def write_verdicts(session: Session, events: Sequence[MarkedVerdict]) -> None:
    """Insert these later verdicts. For whoever judges, in the transaction that counts by them."""
    if not events:
        return
    key: bytes = session.info[MARK_KEY]
    marks = [mark_verdict(key, event) if key else None for event in events]
    session.execute(
        insert(Verdict), [{**event._asdict(), "mark": mark} for event, mark in zip(events, marks, strict=True)]
    )
    if not key:
        return
    notes = sorted((event.response_id, event.sequence) for event in events)
    session.execute(insert(Unsealed), [{"response_id": id_, "sequence": sequence} for id_, sequence in notes])
