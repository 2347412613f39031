"""Verdicts: which one holds."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.models import Verdict


def holds() -> ColumnElement[bool]:
    """The condition under which a row of `verdict` is the one that holds: no later one stands beside it."""
    later = aliased(Verdict)
    newer = select(1).where(later.response_id == Verdict.response_id, later.sequence > Verdict.sequence)
    return ~exists(newer)
