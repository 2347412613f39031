"""The database: whether it can be served, whether somebody else holds it, and how it is kept."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.problem import Problem
from app.services.installation.start_checks import SCHEMA_NEWER, require_keys, require_schema, require_version
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.record.audit import ends_under


def check_version(_: Subject, connection: Connection) -> list[Defect]:
    """`start.postgres_old`."""
    try:
        require_version(connection)
    except Problem as problem:
        return [Defect.of(problem)]
    return []


def check_schema(_: Subject, connection: Connection) -> list[Defect]:
    """`start.no_tables`, `start.schema_older`, `start.schema_newer`.

    What already runs goes on beside a newer schema, since every change of it adds only: an upgrade with traffic running
    changes the tables first, and must not take every machine out of service by that.
    """
    try:
        require_schema(connection)
    except Problem as problem:
        return [Defect.of(problem, Weight.MEND if problem.type is SCHEMA_NEWER else Weight.STOPS)]
    return []


def check_keys(subject: Subject, connection: Connection) -> list[Defect]:
    """`start.key_missing`."""
    try:
        require_keys(connection, subject.secrets)
    except Problem as problem:
        return [Defect.of(problem)]
    return []


def check_audit_key(subject: Subject, connection: Connection) -> list[Defect]:
    """`secrets.foreign`. Keys of another installation have the same numbers, so `check_keys` cannot tell."""
    with Session(connection) as session:
        if ends_under(session, subject.secrets.audit):
            return []
    sentence = (
        "The secrets are not those that the audit was written with, so codes that hang may be refused: restore the"
        " secrets that belong to this database. If they are the right ones, run `samvad audit verify`."
    )
    return [Defect("secrets.foreign", sentence)]


def check_record_key(subject: Subject, _: Connection) -> list[Defect]:
    """`record.no_key`: nothing is entered in the public record, and no answer bears a mark."""
    if subject.secrets.record:
        return []
    sentence = "The public record is not kept, since there is no key that it could be signed with: samvad record begin."
    return [Defect("record.no_key", sentence)]


def check_lock(subject: Subject, connection: Connection) -> list[Defect]:
    """`database.locked` if nobody can write to a SQLite file for as long as it is waited for here."""
    if connection.dialect.name != "sqlite":
        return []
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(1000 * subject.lock_patience_s)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("ROLLBACK")
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        sentence = (
            f"Nothing could be written to the database for {subject.lock_patience_s:g} seconds: somebody holds it open"
            " for writing. Answers wait meanwhile, at most ten seconds. End what does, if it is none of Samvad's."
        )
        return [Defect("database.locked", sentence)]
    return []


def check_log_mode(_: Subject, connection: Connection) -> list[Defect]:
    """`database.no_log`."""
    if connection.dialect.name != "sqlite" or connection.scalar(text("PRAGMA journal_mode")) == "wal":
        return []
    sentence = "The database is not in WAL mode, so whoever reads waits for whoever writes: restart samvad-web."
    return [Defect("database.no_log", sentence)]


def check_whole(_: Subject, connection: Connection) -> list[Defect]:
    """`database.damaged`. It reads the whole file."""
    if connection.dialect.name != "sqlite":
        return []
    said = connection.scalar(text("PRAGMA quick_check(1)"))
    if said == "ok":
        return []
    sentence = f"The database is damaged: {said}. Stop the server and the worker, and restore a backup."
    return [Defect("database.damaged", sentence, Weight.STOPS)]
