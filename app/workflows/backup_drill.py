"""The drill: a backup is restored for trial, where nobody is served, and asked whether it would do.

A backup that was never restored is a hope. What is restored is looked at as on the day on which it is needed: it is
brought to the present tables, counted, and the chain of the audit and the digests of all releases are checked. Then it
is taken away again. The installation itself is not touched.
"""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine, func, make_url, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.config import Secrets
from app.domain.problem import Problem, ProblemType
from app.models import AuditEntry, Base, Place, Release, Response, Verdict
from app.services.figures.release_queries import verify_releases
from app.services.installation.backups.backup import OTHER_KIND, Backup, Installation, unpack_backup
from app.services.installation.backups.postgres_dumps import load_postgres
from app.services.installation.backups.scratch import scratch_folder
from app.services.installation.schemas import known_schemas, newest_schema
from app.services.record.audit import AUDIT_KEY, Head, verify_audit

DRILL_FAILED = ProblemType("backup.drill_failed", 422, "This backup would not do: %(why)s")

_FOLDER = ".samvad-drill-"
_DATABASE = re.compile(r"samvad_drill_[0-9a-f]{16}")
_COUNTED = {"places": Place, "answers": Response, "verdicts": Verdict, "releases": Release, "audit entries": AuditEntry}
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Drilled:
    """What was found in a backup that would do."""

    backup: Backup
    counts: Mapping[str, int]
    head: Head


def drill_backup(installation: Installation, source: Path) -> Drilled:
    """Restore `source` for trial, beside the installation. A Problem says why it would not do.

    SQLite needs a folder on the disk of the instance for as long as it takes. PostgreSQL needs a database of its own
    beside that of the installation, so the user must be allowed to make one.
    """
    installation.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch_folder(installation.instance, _FOLDER) as folder:
        unpacked = unpack_backup(source, folder, known_schemas())
        if unpacked.kind != installation.kind:
            raise Problem(OTHER_KIND, saved=unpacked.kind, here=installation.kind)
        if unpacked.kind == "sqlite":
            return _look_through(unpacked.backup, f"sqlite:///{unpacked.copy}", folder)
        with _scratch_database(installation) as url:
            load_postgres(make_url(url), unpacked.copy)
            return _look_through(unpacked.backup, url, folder)


def _look_through(backup: Backup, url: str, folder: Path) -> Drilled:
    """With the folder as the instance: its secrets are those of the backup."""
    if backup.schema != newest_schema():
        _upgrade(url, folder)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with Session(engine, info={AUDIT_KEY: Secrets.from_file(folder / "secrets.json").audit}) as session:
        _require_references(session, engine)
        counts = {name: _count(session, model) for name, model in _COUNTED.items()}
        head = verify_audit(session, None)
        if faults := verify_releases(session).faults:
            raise Problem(DRILL_FAILED, why="; ".join(faults[:3]))
    return Drilled(backup, counts, head)


def _count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _require_references(session: Session, engine: Engine) -> None:
    """SQLite keeps rows that point at nothing, where something went wrong; PostgreSQL refuses them as they come."""
    if engine.dialect.name == "sqlite":
        found = session.connection().exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if found:
            raise Problem(DRILL_FAILED, why=f"{len(found)} rows point at nothing.")


def _upgrade(url: str, folder: Path) -> None:
    """As it is done after a restore, in a process of its own: migrations belong to an application with its settings."""
    settings = {"SAMVAD_MODE": "demonstration", "SAMVAD_INSTANCE": str(folder), "SAMVAD_DATABASE_URL": url}
    command = [sys.executable, "-m", "app", "db", "upgrade", "--without-backup"]
    surroundings = os.environ | settings | {"PYTHONPATH": str(_ROOT)}
    done = subprocess.run(command, env=surroundings, cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Problem(DRILL_FAILED, why=(done.stderr.strip() or "it cannot be upgraded.").splitlines()[-1])


@contextmanager
def _scratch_database(installation: Installation) -> Iterator[str]:
    """A new database on the server of the installation, gone afterwards; those of killed drills go first."""
    url = installation.url
    # PostgreSQL takes no place that is prepared for the value where a name stands.
    server = url.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"samvad_drill_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        for left in _left_databases(connection):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(left)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _left_databases(connection: "psycopg.Connection[tuple[str]]") -> list[str]:
    """Scratch databases that nobody is connected to."""
    rows = connection.execute(
        "SELECT datname FROM pg_database d WHERE datname LIKE 'samvad_drill_%%'"
        " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)"
    )
    return [name for (name,) in rows if _DATABASE.fullmatch(name)]
