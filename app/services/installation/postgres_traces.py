"""How a PostgreSQL server is set up, as far as it keeps when and with what rows were written.

The nightly shuffle takes that from the tables. What the server keeps beside them is for whoever runs it to set.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that the server keeps longer than 72 hours, or may. The code is stable; values are for a sentence."""

    code: str
    values: dict[str, str]


def read_traces(connection: Connection) -> list[Trace]:
    """What is to mend, nothing if the server keeps nothing of the kind. It reads only what every account may read.

    `postgres.commit_timestamps`: the time of every transaction is kept. `postgres.wal_archived`: the log of writes is
    copied elsewhere ({mode}); copies must be deleted after 72 hours. `postgres.wal_kept`: {megabytes} of it are kept.
    `postgres.wal_recycled`: its files are used again without being emptied. `postgres.slot`: the replication slot
    {name} keeps it for a reader that is {state}, without a limit if {limit} is -1. `postgres.statements_logged`:
    statements are written into the server's log. `postgres.wal_not_switched`: this account may not begin a new file of
    the log each night.
    """
    found = [_settings_trace(connection, *each) for each in _SETTINGS]
    return [trace for trace in found if trace] + _archive(connection) + _slots(connection) + _switch(connection)


#: code, setting, what it must be, name of the value in the sentence
_SETTINGS = (
    ("postgres.commit_timestamps", "track_commit_timestamp", {"off"}, "value"),
    ("postgres.wal_kept", "wal_keep_size", {"0"}, "megabytes"),
    ("postgres.wal_recycled", "wal_recycle", {"off"}, "value"),
    ("postgres.statements_logged", "log_statement", {"none", "ddl"}, "value"),
)


def _settings_trace(connection: Connection, code: str, setting: str, allowed: set[str], value: str) -> Trace | None:
    found = _setting(connection, setting)
    return None if found in allowed else Trace(code, {value: found})


def _archive(connection: Connection) -> list[Trace]:
    """How long copies are kept is for the command that makes them, which the server does not understand."""
    if _setting(connection, "archive_mode") == "off":
        return []
    return [Trace("postgres.wal_archived", {"mode": _setting(connection, "archive_mode")})]


def _slots(connection: Connection) -> list[Trace]:
    """A slot keeps the log until its reader has fetched it, be that months."""
    limit = _setting(connection, "max_slot_wal_keep_size")
    rows = connection.execute(text("SELECT slot_name, active FROM pg_replication_slots ORDER BY slot_name"))
    return [
        Trace("postgres.slot", {"name": name, "state": "active" if active else "inactive", "limit": limit})
        for name, active in rows
    ]


def _switch(connection: Connection) -> list[Trace]:
    may = connection.scalar(text("SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')"))
    return [] if may else [Trace("postgres.wal_not_switched", {})]


def _setting(connection: Connection, name: str) -> str:
    return str(connection.scalar(text("SELECT setting FROM pg_settings WHERE name = :name"), {"name": name}))
