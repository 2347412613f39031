"""The migrations that this code knows, and the one that a database stands at."""

from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@cache
def known_schemas() -> tuple[str, ...]:
    """Every migration, the oldest first; the last is what this code needs."""
    script = ScriptDirectory(str(_MIGRATIONS))
    return tuple(reversed([each.revision for each in script.walk_revisions()]))


def newest_schema() -> str:
    return known_schemas()[-1]


def schema_of(connection: Connection) -> str | None:
    """The migration a database stands at; None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()
