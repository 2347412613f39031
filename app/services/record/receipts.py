"""Counting confirmation numbers as they arrive, in the transaction that stores the answers.

The week is that of the server's clock, and never one of which the list was published: were the clock put back, the
number goes into the first week that is still open.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Date, Dialect, Integer, bindparam, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.weeks import week_of
from app.models import Base
from app.services.prepared_statements import PreparedStatement

_RECEIPT, _LIST = (Base.metadata.tables[name] for name in ("receipt", "receipt_list"))


def count_receipts(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Add the numbers of answers that were stored just now: in their own order, so that no two senders wait for each
    other for ever, and none tells which answer it came with.
    """
    if not numbers:
        return
    database, week = session.connection(), week_of(now)
    _upsert(database.dialect).insert(database, [{"week": week, "number": number} for number in sorted(numbers)])


@lru_cache(maxsize=4)
def _upsert(dialect: Dialect) -> PreparedStatement:
    week, one = bindparam("week", type_=Date), literal_column("1", Integer)
    last_listed = func.max(_LIST.c.last_week)
    insert: postgresql.Insert | sqlite.Insert
    if dialect.name == "postgresql":
        insert = postgresql.insert(_RECEIPT)
        open_week = func.greatest(week, select(last_listed + literal_column("7", Integer)).scalar_subquery())
    else:
        insert = sqlite.insert(_RECEIPT)
        next_week = func.date(last_listed, literal_column("'+7 days'"))
        open_week = func.max(week, select(func.coalesce(next_week, week)).scalar_subquery())
    values = insert.inline().values(week=open_week, number=bindparam("number"), times=one)
    counted = values.on_conflict_do_update(index_elements=["week", "number"], set_={"times": _RECEIPT.c.times + one})
    return PreparedStatement(counted, dialect)
