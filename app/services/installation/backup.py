"""Backup and restore: one file holds the database and the secrets, so that a second machine can take over.

The copy is taken in one step. Copying page by page starts again at every commit of another process and,
under load, never ends.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from app.domain.problem import Problem, ProblemType
from app.formats.archive import NEWER, UNREADABLE, unpack_archive, write_archive
from app.services.installation.postgres_dumps import dump_postgres, load_postgres
from app.services.installation.sqlite_copies import copy_sqlite, place_sqlite

_SECRETS = "secrets.json"
_COPIES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}

NO_SECRETS = ProblemType("backup.no_secrets", 409, "There are no secrets at %(file)s.")
OCCUPIED = ProblemType("backup.occupied", 409, "%(file)s exists. To put the backup in its place, say so with --force.")
OTHER_KIND = ProblemType("backup.other_kind", 409, "The backup is of %(saved)s, and this installation uses %(here)s.")


@dataclass(frozen=True, slots=True)
class Installation:
    """Where this installation keeps what must outlive the machine."""

    instance: Path
    database_url: str

    @property
    def secrets(self) -> Path:
        return self.instance / _SECRETS

    @property
    def url(self) -> URL:
        return make_url(self.database_url)

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @property
    def file(self) -> Path:
        """The SQLite database."""
        return Path(self.url.database or "")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was saved or put back; `schema` is the migration it stands at."""

    made_at: datetime
    schema: str


def save_backup(installation: Installation, target: Path, now: datetime) -> Backup:
    """Write database and secrets to `target` while others go on writing. Raises a Problem, or it is whole.

    What screening kept by the minute stays out: a backup lives longer than the 72 hours it was promised.
    """
    if not installation.secrets.is_file():
        raise Problem(NO_SECRETS, file=str(installation.secrets))
    with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".samvad-backup-") as scratch:
        copy = Path(scratch) / _COPIES[installation.kind]
        sqlite = installation.kind == "sqlite"
        schema = copy_sqlite(installation.file, copy) if sqlite else dump_postgres(installation.url, copy)
        facts = {"made_at": now.isoformat(), "database": installation.kind, "schema": schema}
        write_archive(target, facts, {_SECRETS: installation.secrets, copy.name: copy})
    return Backup(now, schema)


def restore_backup(
    installation: Installation, source: Path, known_schemas: Iterable[str], *, force: bool = False
) -> Backup:
    """Check the archive whole, then put its database and secrets in place.

    Raises a Problem and changes nothing if the archive is damaged or newer than this code, if something is
    in the way and `force` is not given, or if the database is in use.
    """
    installation.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=installation.instance, prefix=".restore-") as scratch:
        folder = Path(scratch)
        facts = unpack_archive(source, folder).facts
        backup = Backup(datetime.fromisoformat(facts["made_at"]), facts["schema"])
        if backup.schema not in set(known_schemas):
            raise Problem(NEWER, file=str(source))
        if facts["database"] != installation.kind:
            raise Problem(OTHER_KIND, saved=facts["database"], here=installation.kind)
        if not force:
            _refuse_occupied(installation)
        copy = folder / _COPIES[installation.kind]
        if not (copy.is_file() and (folder / _SECRETS).is_file()):
            raise Problem(UNREADABLE, file=str(source))
        if installation.kind == "sqlite":
            place_sqlite(copy, installation.file)
        else:
            load_postgres(installation.url, copy)
        (folder / _SECRETS).replace(installation.secrets)
    return backup


def _refuse_occupied(installation: Installation) -> None:
    occupied = [installation.secrets] + ([installation.file] if installation.kind == "sqlite" else [])
    for file in occupied:
        if file.exists():
            raise Problem(OCCUPIED, file=str(file))
