"""Which verdicts can lie in one SQLite page of the index of set-aside answers with one that arrived.

That index is a tree of its own, by week and answer, so that other rows are neighbours there than in the table.
"""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.models import Verdict
from app.models.verdict import SET_ASIDE

#: how many entries can lie in a page of 4,096 bytes, since each has so many bytes at least
IN_A_PAGE = 130


def aside_mates(session: Session, week: date, arrived: Collection[UUID]) -> Iterator[ColumnElement[bool]]:
    """Runs of neighbours that hold whole pages around each that arrived and is set aside; one transaction each."""
    in_index = and_(Verdict.week == week, SET_ASIDE)
    known = session.scalars(select(Verdict.response_id).where(in_index).order_by(Verdict.response_id)).all()
    runs: list[tuple[int, int]] = []
    for at in (at for at, id_ in enumerate(known) if id_ in arrived):
        first, last = max(0, at - IN_A_PAGE), min(len(known) - 1, at + IN_A_PAGE)
        if runs and first <= runs[-1][1] + 1:
            first = runs.pop()[0]
        runs.append((first, last))
    for first, last in runs:
        yield and_(in_index, Verdict.response_id.between(known[first], known[last]))
