"""Rows in which a column holds what it cannot: no day, no moment, no key of an answer.

SQLite keeps whatever somebody writes there past the application, and reading it would end whoever reads, with all that
comes behind. So verifiers leave such rows out and name them. PostgreSQL refuses such values: nothing is asked there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, and_, func, inspect, not_, or_, select, true, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.util import AliasedClass
from sqlalchemy.types import NULLTYPE, String

from app.models import Base
from app.models.base import ResponseId, UtcDateTime

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_MOMENT = f"{_DAY} [0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]"
#: the first that a date can be; whole, since SQLite would compare a year alone as a number
_FIRST_DAY = "0001-01-01"
#: makes SQLite count days through, or it would take 30 February as it stands
_COUNTED = "+0 days"

Entity = type[Base] | AliasedClass[Base]


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row by its table and its key, of which a column holds what it cannot."""

    table: str
    key: tuple[object, ...]
    column: str
    lacks: str

    def __str__(self) -> str:
        key = ", ".join(part.hex() if isinstance(part, bytes) else str(part) for part in self.key)
        return f"{self.table} {key}: its {self.column} is no {self.lacks}"


def readable(session: Session, *entities: Entity) -> ColumnElement[bool]:
    """The condition under which rows of these tables, or aliases of them, can be read."""
    if session.connection().dialect.name != "sqlite":
        return true()
    return and_(true(), *(kind.holds(column) for entity in entities for column, kind in _columns(entity)))


def odd_rows(session: Session, *tables: type[Base]) -> list[OddRow]:
    """Those that cannot be read, table after table."""
    if session.connection().dialect.name != "sqlite":
        return []
    return [odd for table in tables for odd in _odd_rows(session, table)]


def _odd_rows(session: Session, table: type[Base]) -> Iterator[OddRow]:
    keys = [type_coerce(column, NULLTYPE) for column in inspect(table).primary_key]
    for column, kind in _columns(table):
        rows = session.execute(select(*keys).where(not_(kind.holds(column))).order_by(*keys))
        yield from (OddRow(table.__tablename__, tuple(row), column.key, kind.name) for row in rows)


class _Kind(NamedTuple):
    """A kind of value that reading makes of what is stored: its name, and whether a stored text is one."""

    name: str
    type: type
    is_one: Callable[[ColumnElement[str]], ColumnElement[bool]]

    def holds(self, column: InstrumentedAttribute[object]) -> ColumnElement[bool]:
        raw = type_coerce(column, String)
        return or_(raw.is_(None), self.is_one(raw))


def _columns(entity: Entity) -> Iterator[tuple[InstrumentedAttribute[object], _Kind]]:
    """Those that hold a value of such a kind."""
    for attribute in inspect(entity).mapper.column_attrs:
        column: InstrumentedAttribute[object] = getattr(entity, attribute.key)
        yield from ((column, kind) for kind in _KINDS if isinstance(column.type, kind.type))


def _is_day(raw: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(raw.op("GLOB")(_DAY), func.date(raw, _COUNTED).is_not_distinct_from(raw), raw >= _FIRST_DAY)


def _is_moment(raw: ColumnElement[str]) -> ColumnElement[bool]:
    seconds = func.substr(raw, 1, 19)
    return and_(raw.op("GLOB")(_MOMENT), func.datetime(raw, _COUNTED).is_not_distinct_from(seconds), raw >= _FIRST_DAY)


def _is_answer(raw: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(func.typeof(raw) == "blob", func.length(raw) == 16)


_KINDS = (
    _Kind("date", Date, _is_day),
    _Kind("time", UtcDateTime, _is_moment),
    _Kind("key of an answer", ResponseId, _is_answer),
)
