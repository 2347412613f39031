"""Saving and loading a PostgreSQL database with PostgreSQL's own commands."""

import os
import subprocess
from pathlib import Path

from sqlalchemy import URL

from app.domain.problem import Problem, ProblemType

TOOL_MISSING = ProblemType(
    "backup.tool_missing", 500, "The command %(tool)s is needed for PostgreSQL: install postgresql-client."
)
TOOL_FAILED = ProblemType("backup.tool_failed", 500, "%(tool)s failed: %(detail)s")


def dump_postgres(database: URL, copy: Path) -> str:
    """Write a dump, without what screening kept by the minute; returns the migration it stands at."""
    _run("pg_dump", database, "--format=custom", "--no-owner", "--exclude-table-data=arrival", f"--file={copy}")
    copy.chmod(0o600)
    question = "SELECT version_num FROM alembic_version"
    return _run("psql", database, "--no-psqlrc", "--tuples-only", "--no-align", f"--command={question}").strip()


def load_postgres(database: URL, copy: Path) -> None:
    """Put a dump in the place of what is there, whole or not at all."""
    _run("pg_restore", database, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(copy))


def _run(tool: str, database: URL, *arguments: str) -> str:
    # Whoever lists the machine's processes sees the arguments, so the password goes by another way.
    # (URL.set cannot take one away: None there means that it stays.)
    plain = database._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": str(database.password)} if database.password else {})
    command = [tool, f"--dbname={plain}", *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    except FileNotFoundError:
        raise Problem(TOOL_MISSING, tool=tool) from None
    except subprocess.CalledProcessError as error:
        raise Problem(TOOL_FAILED, tool=tool, detail=error.stderr.strip()) from None
    return done.stdout
