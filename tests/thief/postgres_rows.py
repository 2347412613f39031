"""What system columns of PostgreSQL tell: where a row lies (`ctid`), who wrote it (`xmin`), who locked it (`xmax`)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Table, text


def by_place(connection: Connection, table: Table, key: str) -> list[object]:
    """The keys of a table in the order in which its rows lie."""
    return list(connection.scalars(text(f"SELECT {key} FROM {table.name} ORDER BY ctid")))  # noqa: S608


def by_transaction(connection: Connection, table: Table, key: str) -> list[tuple[int, object]]:
    """The transaction that wrote each row, with its key."""
    found = connection.execute(text(f"SELECT xmin::text::bigint, {key} FROM {table.name} ORDER BY ctid"))  # noqa: S608
    return [(row[0], row[1]) for row in found]


def small_crowds(connection: Connection, tables: Iterable[Table], least: int) -> dict[str, int]:
    """By table the smallest number of rows that one transaction wrote, if it is below `least` and not all."""
    small = {}
    for table in tables:
        groups = Counter(connection.scalars(text(f"SELECT xmin::text FROM {table.name}")))  # noqa: S608
        if groups and len(groups) > 1 and min(groups.values()) < least:
            small[table.name] = min(groups.values())
    return small


def traces_of(connection: Connection, tables: Iterable[Table], transactions: Collection[int]) -> dict[str, int]:
    """By table and column how many rows name one of these transactions."""
    found: dict[str, int] = defaultdict(int)
    for table in tables:
        for column in ("xmin", "xmax"):
            named = connection.scalars(text(f"SELECT {column}::text::bigint FROM {table.name}"))  # noqa: S608
            if number := sum(each in transactions for each in named):
                found[f"{table.name}.{column}"] = number
    return dict(found)
