"""Redeeming the serials of slips and invitations: one counted answer each.

Nothing here leads from a serial to an answer. What is kept is a mark under which the serial cannot be found
without a secret outside the database, beside no response, no time and no order.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Dialect, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.responses.reason import Reason
from app.models import Base
from app.services.prepared_statements import PreparedStatement

_SERIAL, _REDEMPTION = (Base.metadata.tables[name] for name in ("serial", "redemption"))


class _Found(NamedTuple):
    cancelled_on: date | None
    is_decoy: bool


_FIND = select(_SERIAL.c.cancelled_on, _SERIAL.c.is_decoy).where(_SERIAL.c.mark == bindparam("wanted"))


def redeem_serials(session: Session, marks: Sequence[bytes]) -> list[Reason | None]:
    """Redeem each; for each why its response is set aside, None if it is the first to come with it.

    In the caller's transaction, after the responses are stored. The database decides who is first. Marks are
    taken in one order by everybody, so that two senders of the same serials do not wait for each other.
    """
    database = session.connection()
    statements = _statements(database.dialect)
    reasons: list[Reason | None] = [None] * len(marks)
    for at in sorted(range(len(marks)), key=lambda at: marks[at]):
        serial = statements.find.first(database, _Found._make, wanted=marks[at])
        if serial is None:
            reasons[at] = Reason.SERIAL_UNKNOWN
        elif serial.cancelled_on is not None:
            reasons[at] = Reason.SERIAL_CANCELLED
        elif statements.redeem.insert_each(database, [{"mark": marks[at]}]) == [False]:
            reasons[at] = Reason.SERIAL_USED
        elif serial.is_decoy:
            reasons[at] = Reason.DECOY
    return reasons


class _Statements(NamedTuple):
    find: PreparedStatement
    redeem: PreparedStatement


@lru_cache(maxsize=4)
def _statements(dialect: Dialect) -> _Statements:
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    return _Statements(
        PreparedStatement(_FIND, dialect),
        PreparedStatement(insert(_REDEMPTION).on_conflict_do_nothing(index_elements=["mark"]), dialect),
    )
