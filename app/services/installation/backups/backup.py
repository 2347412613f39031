"""Backup and restore: one file holds the database and the secrets, so that a second machine can take over.

What is saved could serve, and what is put in place can: both ways database and secrets are looked at together, before
anything is finished or replaced.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import URL, make_url

from app.config import Secrets, SettingsError
from app.domain.problem import Problem, ProblemType
from app.formats.archive import NEWER, UNREADABLE, send_archive, unpack_archive, write_archive
from app.services.installation.backups.postgres_dumps import dump_postgres, load_postgres, rows_of_dump
from app.services.installation.backups.scratch import dead_folders, scratch_folder
from app.services.installation.backups.sqlite_copies import Progress, check_sqlite, copy_sqlite, place_sqlite
from app.services.installation.start_checks import KEY_MISSING, known_keys, lacking_keys

_SECRETS = "secrets.json"
_COPIES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
#: What no backup holds. What screening keeps by the minute was promised to vanish after 72 hours, and a backup lives
#: longer: which answers are in no seal yet would tell which came in the last minutes (`samvad seal anew` makes seals
#: of what was restored). And the clock that was believed is that of this machine.
LEFT_OUT = frozenset({"arrival", "seal_week", "unsealed", "clock_note"})
SAVING, RESTORING = ".samvad-backup-", ".restore-"

NO_SECRETS = ProblemType("backup.no_secrets", 409, "There are no secrets at %(file)s.")
UNFIT_SECRETS = ProblemType(
    "backup.unfit_secrets", 422, "The secrets in %(file)s cannot serve: something is missing, too short or unreadable."
)
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

    @property
    def mark(self) -> str:
        """What tells the backups of this installation from those of another; nothing can be learned from it."""
        return mark_of(_serving_secrets(self.secrets, self.secrets))


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was saved or put back; `schema` is the migration it stands at."""

    made_at: datetime
    schema: str


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was taken apart and found whole: it could serve."""

    backup: Backup
    kind: str
    #: the SQLite database, or the dump of PostgreSQL
    copy: Path
    secrets: Path


def save_backup(installation: Installation, target: Path, now: datetime, progress: Progress | None = None) -> Backup:
    """Write database and secrets to `target` while others go on writing. Raises a Problem, or it is whole."""
    with _copied(installation, target.absolute().parent, now, progress) as (facts, files, folder):
        write_archive(target, facts, files, folder)
    return Backup(now, facts["schema"])


def send_backup(
    installation: Installation,
    send: Callable[[Callable[[IO[bytes]], object]], None],
    now: datetime,
    progress: Progress | None = None,
) -> Backup:
    """The same into `send`, which is given what writes the archive. The copy lies in the instance meanwhile."""
    with _copied(installation, installation.instance, now, progress) as (facts, files, _):
        send(lambda out: send_archive(out, facts, files))
    return Backup(now, facts["schema"])


def restore_backup(
    installation: Installation, source: Path, known_schemas: Iterable[str], *, force: bool = False
) -> Backup:
    """Check the archive whole, then put its database and secrets in place.

    Raises a Problem and changes nothing if the archive is damaged or newer than this code, if what it holds could not
    serve, if something is in the way and `force` is not given, or if the database is in use.
    """
    installation.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch_folder(installation.instance, RESTORING) as folder:
        unpacked = unpack_backup(source, folder, known_schemas)
        if unpacked.kind != installation.kind:
            raise Problem(OTHER_KIND, saved=unpacked.kind, here=installation.kind)
        if not force:
            _refuse_occupied(installation)
        if unpacked.kind == "sqlite":
            place_sqlite(unpacked.copy, installation.file)
        else:
            load_postgres(installation.url, unpacked.copy)
        unpacked.secrets.replace(installation.secrets)
    return unpacked.backup


def unpack_backup(source: Path, folder: Path, known_schemas: Iterable[str]) -> Unpacked:
    """Take an archive apart and look at what it holds: digests, facts, secrets, and whether these belong together."""
    facts = unpack_archive(source, folder).facts
    try:
        backup = Backup(datetime.fromisoformat(facts["made_at"]), str(facts["schema"]))
        kind = facts["database"]
        copy, secrets = folder / _COPIES[kind], folder / _SECRETS
    except (KeyError, ValueError, TypeError):
        raise Problem(UNREADABLE, file=str(source)) from None
    if backup.schema not in set(known_schemas):
        raise Problem(NEWER, file=str(source))
    if not (copy.is_file() and secrets.is_file()):
        raise Problem(UNREADABLE, file=str(source))
    held = _serving_secrets(secrets, source)
    if kind == "sqlite":
        check_sqlite(copy)
        keys = known_keys(f"sqlite:///{copy}")
    else:
        keys = {table: {int(row[0]) for row in rows_of_dump(copy, table)} for table in ("signing_key", "sealing_key")}
    _refuse_lacking(keys, held)
    return Unpacked(backup, kind, copy, secrets)


def left_behind(folder: Path) -> list[Path]:
    """What backups and restores that were killed have left in a folder; the next one there removes it."""
    return [*dead_folders(folder, SAVING), *dead_folders(folder, RESTORING)]


def mark_of(held: Secrets) -> str:
    """A mark of the installation with these secrets."""
    return hmac.digest(held.audit, b"samvad.backup.installation", hashlib.sha256).hex()[:16]


@contextmanager
def _copied(
    installation: Installation, near: Path, now: datetime, progress: Progress | None
) -> Iterator[tuple[dict[str, str], dict[str, Path], Path]]:
    """What an archive says and holds, made in a folder on the disk of `near` that is gone afterwards."""
    if not installation.secrets.is_file():
        raise Problem(NO_SECRETS, file=str(installation.secrets))
    # Looked at before the long work, and once more as they are saved.
    _serving_secrets(installation.secrets, installation.secrets)
    with scratch_folder(near, SAVING) as folder:
        copy, secrets = folder / _COPIES[installation.kind], folder / _SECRETS
        schema = _copy_database(installation, copy, progress)
        # After the database: a key is written down there last, so what it knows is in secrets that were read later.
        _copy_private(installation.secrets, secrets)
        held = _serving_secrets(secrets, installation.secrets)
        _refuse_lacking(known_keys(installation.database_url), held)
        facts = {"made_at": now.isoformat(), "database": installation.kind, "schema": schema}
        yield facts | {"installation": mark_of(held)}, {_SECRETS: secrets, copy.name: copy}, folder


def _copy_database(installation: Installation, copy: Path, progress: Progress | None) -> str:
    """The one place at which a database is copied. A dump tells how rows lie: commands shuffle them before."""
    if installation.kind == "sqlite":
        return copy_sqlite(installation.file, copy, LEFT_OUT, progress)
    return dump_postgres(installation.url, copy, LEFT_OUT)


def _copy_private(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    target.write_bytes(source.read_bytes())


def _serving_secrets(file: Path, named: Path) -> Secrets:
    """The secrets, by the check of the start; Problem `backup.unfit_secrets`, under a name that means something."""
    try:
        return Secrets.from_file(file)
    except SettingsError:
        raise Problem(UNFIT_SECRETS, file=str(named)) from None


def _refuse_lacking(keys: Mapping[str, set[int]], held: Secrets) -> None:
    if lacking := lacking_keys(keys, held):
        raise Problem(KEY_MISSING, keys=", ".join(lacking))


def _refuse_occupied(installation: Installation) -> None:
    occupied = [installation.secrets] + ([installation.file] if installation.kind == "sqlite" else [])
    for file in occupied:
        if file.exists():
            raise Problem(OCCUPIED, file=str(file))
