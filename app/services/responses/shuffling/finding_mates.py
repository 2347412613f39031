"""Which findings are rewritten together with those that were kept lately.

On SQLite they fill the pages in which these lie, and on either database they make a crowd: keys are random.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models import Finding

#: how many rows can lie in a page of 4,096 bytes, since each has so many bytes at least; more than a crowd
IN_A_PAGE = 105


def finding_mates(session: Session, lately: Sequence[UUID], at_most: int) -> Iterator[ColumnElement[bool]]:
    """Runs of keys around each of these, which are in order; one transaction each, of about so many rows."""
    runs: list[tuple[UUID, UUID]] = []
    rows = 0
    for id_ in lately:
        if runs and id_ <= runs[-1][1] and rows < at_most:
            runs[-1] = runs[-1][0], _beyond(session, id_)
            rows += IN_A_PAGE
        else:
            runs.append((_before(session, id_), _beyond(session, id_)))
            rows = 2 * IN_A_PAGE
    for first, last in runs:
        yield Finding.response_id.between(first, last)


def _before(session: Session, id_: UUID) -> UUID:
    key = Finding.response_id
    keys = session.scalars(select(key).where(key <= id_).order_by(key.desc()).limit(IN_A_PAGE)).all()
    return keys[-1]


def _beyond(session: Session, id_: UUID) -> UUID:
    key = Finding.response_id
    keys = session.scalars(select(key).where(key >= id_).order_by(key).limit(IN_A_PAGE)).all()
    return keys[-1]
