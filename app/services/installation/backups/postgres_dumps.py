"""Saving and loading a PostgreSQL database with PostgreSQL's own commands."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from sqlalchemy import URL

from app.domain.problem import Problem, ProblemType

TOOL_MISSING = ProblemType(
    "backup.tool_missing", 500, "The command %(tool)s is needed for PostgreSQL: install postgresql-client."
)
TOOL_FAILED = ProblemType("backup.tool_failed", 500, "%(tool)s failed: %(detail)s")

_Pipe = int | IO[bytes] | None
_DROP_ALL = """DO $$
DECLARE ours text;
BEGIN
  FOR ours IN
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname = current_schema() AND tableowner = current_user
  LOOP
    EXECUTE 'DROP TABLE ' || ours || ' CASCADE';
  END LOOP;
END $$"""


def dump_postgres(database: URL, copy: Path, leave_empty: frozenset[str]) -> str:
    """Write a dump; returns the migration it stands at. Tables to be left empty are there, without a row."""
    left_out = [f"--exclude-table-data={table}" for table in sorted(leave_empty)]
    copy.touch(mode=0o600)
    _run("pg_dump", database, "--format=custom", "--no-owner", *left_out, f"--file={copy}")
    question = "SELECT version_num FROM alembic_version"
    return _run("psql", database, "--no-psqlrc", "--tuples-only", "--no-align", f"--command={question}").strip()


def load_postgres(database: URL, copy: Path) -> None:
    """Put a dump in the place of what is there, whole or not at all.

    Every table of ours goes first, also those of a newer version that the dump knows nothing of: they may refer to
    others, which could not be dropped one by one. The end of the transaction is written only once the dump has been
    read to its end.
    """
    read = ["pg_restore", "--no-owner", "--file=-", str(copy)]
    write = _connecting("psql", database, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-")
    with tempfile.TemporaryFile() as unread, tempfile.TemporaryFile() as unwritten:
        with (
            _started(read, {}, stdout=subprocess.PIPE, stderr=unread) as reader,
            _started(*write, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=unwritten) as writer,
        ):
            _pump(reader, writer)
        for tool, process, said in (("psql", writer, unwritten), ("pg_restore", reader, unread)):
            if process.returncode:
                said.seek(0)
                raise Problem(TOOL_FAILED, tool=tool, detail=said.read().decode(errors="replace").strip())


def _pump(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> None:
    assert reader.stdout is not None and writer.stdin is not None  # noqa: S101, PT018 - both are pipes
    # One that has stopped at an error reads no more, and says why.
    with suppress(BrokenPipeError):
        writer.stdin.write(f"BEGIN;\n{_DROP_ALL};\n".encode())
        shutil.copyfileobj(reader.stdout, writer.stdin)
        if reader.wait() == 0:
            writer.stdin.write(b"COMMIT;\n")
        writer.stdin.close()
    reader.stdout.close()


def rows_of_dump(copy: Path, table: str) -> list[list[str]]:
    """The rows of one table as they stand in a dump, in PostgreSQL's text; no server is needed for that."""
    lines = _call(["pg_restore", "--data-only", f"--table={table}", "--file=-", str(copy)], {}).splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("COPY ")]
    rows = lines[starts[0] + 1 : lines.index("\\.", starts[0])] if starts else []
    return [row.split("\t") for row in rows]


def _run(tool: str, database: URL, *arguments: str) -> str:
    return _call(*_connecting(tool, database, *arguments))


def _connecting(tool: str, database: URL, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """A command and what it needs in its environment."""
    # Whoever lists the machine's processes sees the arguments, so the password goes by another way.
    # (URL.set cannot take one away: None there means that it stays.)
    plain = database._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    password = {"PGPASSWORD": str(database.password)} if database.password else {}
    return [tool, f"--dbname={plain}", *arguments], password


def _call(command: list[str], besides: dict[str, str]) -> str:
    with _started(command, besides, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        told, complaint = process.communicate()
    if process.returncode:
        raise Problem(TOOL_FAILED, tool=command[0], detail=complaint.decode(errors="replace").strip())
    return told.decode()


def _started(
    command: list[str], besides: dict[str, str], *, stdin: _Pipe = None, stdout: _Pipe, stderr: _Pipe
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603
            command, env=os.environ | besides, stdin=stdin, stdout=stdout, stderr=stderr
        )
    except FileNotFoundError:
        raise Problem(TOOL_MISSING, tool=command[0]) from None
