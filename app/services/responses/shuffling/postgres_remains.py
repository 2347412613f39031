"""What PostgreSQL leaves of rows that were deleted, and how it is swept away.

A deleted row keeps its bytes, with the mark of the transaction that wrote it, until `VACUUM`; and `VACUUM` gives the
room free without writing over it. So a small table is written anew with its indexes (`VACUUM (FULL)`, which shuts
others out for less than a second), and of a large one the free room is filled by rows that are then taken back.
Before each comes a `VACUUM`: the one that writes anew keeps what was deleted while any transaction of the whole
server was writing, were it in another database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

#: a table of so many bytes, with its indexes, is written anew in less than a second
SMALL = 32 * 2**20
#: indexes of so many bytes together are built anew, which shuts nobody out, but grows with what is stored
INDEXES = 512 * 2**20
#: whoever waits for a table makes all wait who come after
_PATIENCE = "1s"
_PAGE = 8_192
#: rows of one statement, and statements of one transaction at most
_ROWS, _STATEMENTS = 50, 40
#: how many letters the rows have that fill up free room: what is too narrow for one may hold the next
_SIZES = (1_500, 500, 200, 60, 0)


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of a table: its name, and whether bytes of deleted rows may be left in its pages or its indexes."""

    table: str
    is_clean: bool


#: how rows are made that fill a table: a copy of one, but for these columns, of :size letters
_FILLERS = {
    "response": {"id": "gen_random_uuid()", "answers": "{text}"},
    "verdict": {"sequence": "(random() * 2000000000)::int + 1000", "reasons": "{text}"},
    "receipt": {"number": "1000000000000 + (random() * 1e18)::bigint"},
    "tally": {"channel": "md5(random()::text)", "counters": "convert_to({text}, 'UTF8')"},
}
_TEXT = "left(repeat(md5(random()::text), :size / 32 + 1), :size)"


def sweep(connection: Connection, tables: Iterable[str]) -> list[Swept]:
    """Sweep these tables. The connection commits each statement by itself; open snapshots keep what they may see."""
    return [Swept(name, _sweep(connection, name)) for name in tables]


def write_all_anew(connection: Connection, tables: Iterable[str]) -> None:
    """Write these tables anew, however large. Nobody can read or write one of them as long as it takes."""
    for name in tables:
        _vacuum(connection, name)
        connection.execute(text(f"VACUUM (FULL) {name}"))


def begin_new_log(connection: Connection) -> bool:
    """Let the server write its log into a new file, so that the old one can go; whether this account may say so."""
    may = connection.scalar(text("SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')"))
    if may:
        connection.execute(text("SELECT pg_switch_wal()"))
    return bool(may)


def _sweep(connection: Connection, name: str) -> bool:
    _vacuum(connection, name)
    if _size(connection, f"pg_total_relation_size('{name}')") <= SMALL:
        return _without_waiting(connection, f"VACUUM (FULL) {name}")
    _drop_halves(connection, name)
    if name not in _FILLERS:
        return False
    for size in _SIZES:
        while _fill(connection, name, size):
            pass
    _vacuum(connection, name)
    if _size(connection, f"pg_indexes_size('{name}')") > INDEXES:
        return False
    done = [_without_waiting(connection, f"REINDEX INDEX CONCURRENTLY {index}") for index in _indexes(connection, name)]
    _drop_halves(connection, name)
    return all(done)


def _vacuum(connection: Connection, name: str) -> None:
    # To give pages back at the end of the file it would wait for whoever reads.
    connection.execute(text(f"VACUUM (TRUNCATE false) {name}"))


def _without_waiting(connection: Connection, statement: str) -> bool:
    """Whether it could be done: if somebody reads the table for long, everybody would wait behind this."""
    connection.execute(text(f"SET lock_timeout = '{_PATIENCE}'"))
    try:
        connection.execute(text(statement))
    except OperationalError:
        return False
    finally:
        connection.execute(text("RESET lock_timeout"))
    return True


def _drop_halves(connection: Connection, name: str) -> None:
    """Take away what is left of an index whose making was broken off: until then every write pays for it."""
    for half in _indexes(connection, name, whole=False):
        _without_waiting(connection, f"DROP INDEX {half}")


def _indexes(connection: Connection, name: str, *, whole: bool = True) -> Sequence[str]:
    found = "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = CAST(:name AS regclass)"
    return connection.scalars(text(f"{found} AND indisvalid = :whole"), {"name": name, "whole": whole}).all()


def _fill(connection: Connection, name: str, size: int) -> bool:
    """Write over free room of this size and take it back; whether there may be more of it."""
    ours = _FILLERS[name]
    columns = connection.scalars(
        text(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = CAST(:name AS regclass) AND attnum > 0 AND NOT attisdropped"
        ),
        {"name": name},
    ).all()
    values = ", ".join(ours.get(column, f"one.{column}").format(text=_TEXT) for column in columns)
    rows = f"(SELECT * FROM {name} LIMIT 1) AS one, generate_series(1, {_ROWS})"  # noqa: S608
    statement = text(f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {rows}")  # noqa: S608
    before = _size(connection, f"pg_relation_size('{name}')")
    connection.execute(text("BEGIN"))
    try:
        for _ in range(_STATEMENTS):
            if connection.execute(statement, {"size": size}).rowcount < _ROWS:
                # Nothing is there to copy.
                return False
            if _size(connection, f"pg_relation_size('{name}')") > before + _PAGE:
                return False
        return True
    finally:
        connection.execute(text("ROLLBACK"))


def _size(connection: Connection, of: str) -> int:
    return int(connection.scalar(text(f"SELECT {of}")) or 0)
