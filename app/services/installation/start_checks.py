"""What has to be so before pages are served and jobs run: else the start stops with a sentence, and nothing is stored
that nobody could read later.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, select
from sqlalchemy.pool import NullPool

from app.config import Secrets
from app.domain.problem import Problem, ProblemType
from app.models import SealingKey, SigningKey
from app.services.installation.schemas import known_schemas, newest_schema, schema_of

#: the oldest PostgreSQL that the code is written for
OLDEST_POSTGRES = 15
_PATIENCE_S = 5

POSTGRES_OLD = ProblemType(
    "start.postgres_old", 503, "This is PostgreSQL %(found)s, and Samvad needs %(needed)s or newer."
)
NO_TABLES = ProblemType("start.no_tables", 503, "The database has no tables yet: run `samvad db upgrade`.")
SCHEMA_OLDER = ProblemType(
    "start.schema_older",
    503,
    "The database stands at migration %(found)s, and this version needs %(needed)s: run `samvad db upgrade`.",
)
SCHEMA_NEWER = ProblemType(
    "start.schema_newer",
    503,
    "The database stands at migration %(found)s, which a newer Samvad made: install that version, or restore a backup.",
)
KEY_MISSING = ProblemType(
    "start.key_missing",
    503,
    "The database knows %(keys)s, and the secrets do not hold it: restore the secrets that belong to this database.",
)


def found_schema(database_url: str) -> str | None:
    """The migration that a database stands at; None for one that is not there or has no tables."""
    if is_not_made(database_url):
        return None
    with connected(database_url) as connection:
        return schema_of(connection)


def require_ready(database_url: str, secrets: Secrets) -> None:
    """Problem `start.…` if this database cannot be served by this code with these secrets.

    On a connection of its own, closed before the servers fork: one that two processes share ruins the database.
    """
    if is_not_made(database_url):
        raise Problem(NO_TABLES)
    with connected(database_url) as connection:
        require_version(connection)
        require_schema(connection)
        require_keys(connection, secrets)


def require_version(connection: Connection, oldest: int = OLDEST_POSTGRES) -> None:
    """Problem `start.postgres_old`."""
    version = connection.dialect.server_version_info or ()
    if connection.dialect.name == "postgresql" and version < (oldest,):
        raise Problem(POSTGRES_OLD, found=".".join(map(str, version)), needed=oldest)


def require_schema(connection: Connection) -> None:
    """Problems `start.no_tables`, `start.schema_older` and `start.schema_newer`."""
    found = schema_of(connection)
    if found is None:
        raise Problem(NO_TABLES)
    if found not in known_schemas():
        raise Problem(SCHEMA_NEWER, found=found)
    if found != newest_schema():
        raise Problem(SCHEMA_OLDER, found=found, needed=newest_schema())


def require_keys(connection: Connection, secrets: Secrets) -> None:
    """Problem `start.key_missing` for a key under which codes or answers went out that could not be opened any more."""
    if lacking := lacking_keys(_keys_in(connection), secrets):
        raise Problem(KEY_MISSING, keys=", ".join(lacking))


def lacking_keys(known: Mapping[str, set[int]], secrets: Secrets) -> list[str]:
    """The keys, by what they are called, that a database knows and the secrets do not hold.

    Of sealing keys the newest counts: older ones are forgotten in their time.
    """
    signing = known["signing_key"] - secrets.signing.keys()
    sealing = set(sorted(known["sealing_key"])[-1:]) - secrets.sealing.keys()
    return [f"signing key {key}" for key in sorted(signing)] + [f"sealing key {key}" for key in sorted(sealing)]


def known_keys(database_url: str) -> dict[str, set[int]]:
    """The numbers of the keys that a database knows, by its table of them; of an older one too."""
    with connected(database_url) as connection:
        return _keys_in(connection)


def _keys_in(connection: Connection) -> dict[str, set[int]]:
    there = set(inspect(connection).get_table_names())
    return {
        model.__tablename__: set(connection.scalars(select(model.id))) if model.__tablename__ in there else set()
        for model in (SigningKey, SealingKey)
    }


def is_not_made(database_url: str) -> bool:
    """Whether this is a SQLite file that could be and is not."""
    url = make_url(database_url)
    file = Path(url.database or "")
    return url.get_backend_name() == "sqlite" and file.parent.is_dir() and not file.exists()


@contextmanager
def connected(database_url: str) -> Iterator[Connection]:
    """A connection that takes none of those that citizens' pages need."""
    engine = open_plainly(database_url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def open_plainly(database_url: str) -> Engine:
    """An engine that keeps no connection, waits a few seconds at most, and makes no SQLite file that is not there."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": _PATIENCE_S})
    address = f"file:{quote(url.database or '')}?mode=rw"
    return create_engine(
        url, poolclass=NullPool, creator=lambda: sqlite3.connect(address, uri=True, timeout=_PATIENCE_S)
    )
