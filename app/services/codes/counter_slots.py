"""Places at the codes of counter screens: two answers a code are counted, whoever comes first.

Nothing here leads from a code to an answer. What is kept is a mark under which the minute cannot be found
without a secret outside the database, beside no response and no order, and only as long as it matters.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import CursorResult, Dialect, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.codes.counter_code import COUNTED_ANSWERS
from app.domain.responses.verdict import LATE_AFTER
from app.models import Base, CodeSlot
from app.services.prepared_statements import PreparedStatement

_SLOT = Base.metadata.tables["code_slot"]
#: from the Monday of the week a code was shown in: after that whatever comes with it is set aside as late
KEPT = timedelta(days=8) + LATE_AFTER


def take_slots(session: Session, wanted: Sequence[tuple[bytes, date]]) -> list[bool]:
    """Take a place at the code of each mark, with the week it was shown in; for each, whether there was one left.

    In the caller's transaction, after the responses are stored. The database decides who is first: a place that
    another transaction is taking is waited for. Marks and places are taken in one order by everybody.
    """
    database = session.connection()
    insert = _insert(database.dialect)
    taken = [False] * len(wanted)
    for at in sorted(range(len(wanted)), key=lambda at: wanted[at][0]):
        mark, week = wanted[at]
        taken[at] = any(
            insert.insert_each(database, [{"mark": mark, "slot": slot, "week": week}])[0]
            for slot in range(COUNTED_ANSWERS)
        )
    return taken


def forget_slots(session: Session, today: date) -> int:
    """Delete the places at codes whose answers could only be late by now; how many there were."""
    done = session.execute(delete(CodeSlot).where(CodeSlot.week < today - KEPT))
    return done.rowcount if isinstance(done, CursorResult) else 0


@lru_cache(maxsize=4)
def _insert(dialect: Dialect) -> PreparedStatement:
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    return PreparedStatement(insert(_SLOT).on_conflict_do_nothing(index_elements=["mark", "slot"]), dialect)
