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


def dump_postgres(database: URL, copy: Path, leave_empty: frozenset[str]) -> str:
    """Write a dump; returns the migration it stands at. Tables to be left empty are there, without a row."""
    left_out = [f"--exclude-table-data={table}" for table in sorted(leave_empty)]
    copy.touch(mode=0o600)
    _run("pg_dump", database, "--format=custom", "--no-owner", *left_out, f"--file={copy}")
    question = "SELECT version_num FROM alembic_version"
    return _run("psql", database, "--no-psqlrc", "--tuples-only", "--no-align", f"--command={question}").strip()


def load_postgres(database: URL, copy: Path) -> None:
    """Put a dump in the place of what is there, whole or not at all."""
    _run("pg_restore", database, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(copy))


def rows_of_dump(copy: Path, table: str) -> list[list[str]]:
    """The rows of one table as they stand in a dump, in PostgreSQL's text; no server is needed for that."""
    lines = _call(["pg_restore", "--data-only", f"--table={table}", "--file=-", str(copy)], {}).splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("COPY ")]
    rows = lines[starts[0] + 1 : lines.index("\\.", starts[0])] if starts else []
    return [row.split("\t") for row in rows]


def _run(tool: str, database: URL, *arguments: str) -> str:
    # Whoever lists the machine's processes sees the arguments, so the password goes by another way.
    # (URL.set cannot take one away: None there means that it stays.)
    plain = database._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    password = {"PGPASSWORD": str(database.password)} if database.password else {}
    return _call([tool, f"--dbname={plain}", *arguments], password)


def _call(command: list[str], besides: dict[str, str]) -> str:
    tool, environment = command[0], os.environ | besides
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    except FileNotFoundError:
        raise Problem(TOOL_MISSING, tool=tool) from None
    except subprocess.CalledProcessError as error:
        raise Problem(TOOL_FAILED, tool=tool, detail=error.stderr.strip()) from None
    return done.stdout
