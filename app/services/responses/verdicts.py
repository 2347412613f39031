"""Verdicts: which one holds, and what is stored of one that screening gave."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.domain.responses.reason import Reason
from app.formats.canonical_json import write_json
from app.models import Verdict

#: its reasons, as they are stored
COPIED = write_json([Reason.COPIED.value]).decode()


def holds() -> ColumnElement[bool]:
    """The condition under which a row of `verdict` is the one that holds: no later one stands beside it."""
    later = aliased(Verdict)
    newer = select(1).where(later.response_id == Verdict.response_id, later.sequence > Verdict.sequence)
    return ~exists(newer)
