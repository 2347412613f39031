"""Statements that run for every response: SQLAlchemy writes them once, the driver runs them.

Storing a response takes eight small statements, and the way through SQLAlchemy costs each of them ten times
what SQLite needs to carry it out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Connection, Dialect, Insert, Select

Row = TypeVar("Row")
Columns = TypeVarTuple("Columns")


class PreparedStatement:
    """One statement in the words of one database. Safe to share between threads.

    Values are given by the names of the bind parameters, for an insert by those of its `columns`. The
    connection is the caller's, and so is its transaction.
    """

    def __init__(
        self, statement: Select[*Columns] | Insert, dialect: Dialect, columns: Sequence[str] | None = None
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self._sql = str(compiled)
        binds = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
        #: in order where the driver wants a list, None where it wants names
        order = compiled.positiontup
        self._is_in_order = order is not None
        self._binds = [(name, binds[name]) for name in order or binds]
        read = list(statement.selected_columns) if isinstance(statement, Select) else []
        convert = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in read]
        self._convert = [(at, function) for at, function in enumerate(convert) if function]

    def first(self, connection: Connection, make: Callable[[Sequence[object]], Row], **values: object) -> Row | None:
        """The first row of a select, as `make` makes it of its columns; None if there is none."""
        return next(iter(self.all(connection, make, **values)), None)

    def all(self, connection: Connection, make: Callable[[Sequence[object]], Row], **values: object) -> list[Row]:
        cursor = connection.connection.cursor()
        cursor.execute(self._sql, self._values(values))
        found = cursor.fetchall()
        cursor.close()
        return [make(self._converted(row)) for row in found]

    def insert(self, connection: Connection, rows: Iterable[Mapping[str, object]]) -> None:
        cursor = connection.connection.cursor()
        cursor.executemany(self._sql, [self._values(row) for row in rows])
        cursor.close()

    def insert_each(self, connection: Connection, rows: Iterable[Mapping[str, object]]) -> list[bool]:
        """Insert row by row; for each, whether it went in."""
        cursor = connection.connection.cursor()
        inserted = [cursor.execute(self._sql, self._values(row)).rowcount == 1 for row in rows]
        cursor.close()
        return inserted

    def _values(self, given: Mapping[str, object]) -> Any:
        """By name or in order, as the driver wants them."""
        if self._is_in_order:
            return [convert(given[name]) if convert else given[name] for name, convert in self._binds]
        return {name: convert(given[name]) if convert else given[name] for name, convert in self._binds}

    def _converted(self, row: Sequence[object]) -> Sequence[object]:
        values = list(row)
        for at, convert in self._convert:
            values[at] = convert(values[at])
        return values
