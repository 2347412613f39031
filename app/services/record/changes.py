"""How far everything that staff and jobs change has come: what is made of it may be remembered until this moves on."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Dialect, func, select
from sqlalchemy.orm import Session

from app.models import AuditHead, Edition, EditionDay
from app.services.prepared_statements import PreparedStatement

#: by the ends of three indexes; made once, since every page of results asks it
_ENDS = select(
    select(func.max(AuditHead.sequence)).scalar_subquery(),
    select(func.max(Edition.id)).scalar_subquery(),
    select(EditionDay.finished_at)
    .where(EditionDay.due_on == select(func.max(EditionDay.due_on)).scalar_subquery())
    .scalar_subquery(),
)


class Changes(NamedTuple):
    """Whatever an account or a command changes has its entry in the audit; what jobs publish are editions."""

    entry: int | None
    edition: int | None
    finished_at: datetime | None


def last_changes(session: Session) -> Changes:
    """One question to the database, whatever it holds."""
    connection = session.connection()
    return _ends(connection.dialect).all(connection, Changes._make)[0]


@lru_cache(maxsize=2)
def _ends(dialect: Dialect) -> PreparedStatement:
    return PreparedStatement(_ENDS, dialect)
