"""Everything that is looked at, in order. A further check is a line in one of these lists.

What stands first is cheap, and is asked for every few seconds by whatever watches the machine; what stands below is for
`samvad doctor`, which a person runs.
"""

from collections.abc import Callable

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.domain.problem import Problem
from app.services.installation.failures import sentence_of
from app.services.installation.start_checks import NO_TABLES, connected, is_not_made
from app.services.installation.watching.database import (
    check_audit_key,
    check_keys,
    check_lock,
    check_log_mode,
    check_record_key,
    check_schema,
    check_version,
    check_whole,
)
from app.services.installation.watching.defects import Defect, Subject, Weight
from app.services.installation.watching.machine import check_backups, check_disks, check_fonts, check_zones
from app.services.installation.watching.server_settings import check_server
from app.services.installation.watching.work import check_clock, check_lists, check_promise, check_worker

MachineCheck = Callable[[Subject], list[Defect]]
DatabaseCheck = Callable[[Subject, Connection], list[Defect]]

QUICK_MACHINE: tuple[MachineCheck, ...] = (check_disks, check_backups)
#: each is made after those before it found nothing that stops the service
QUICK_DATABASE: tuple[DatabaseCheck, ...] = (
    check_version,
    check_schema,
    check_keys,
    check_lock,
    check_worker,
    check_clock,
    check_promise,
)
SLOW_MACHINE: tuple[MachineCheck, ...] = (check_zones, check_fonts)
SLOW_DATABASE: tuple[DatabaseCheck, ...] = (
    check_audit_key,
    check_record_key,
    check_lists,
    check_log_mode,
    check_server,
)
#: these take as long as the database is large
THOROUGH_DATABASE: tuple[DatabaseCheck, ...] = (check_whole,)


def examine_quickly(subject: Subject, connection: Connection) -> list[Defect]:
    """What `/readyz` names."""
    return [
        *(defect for check in QUICK_MACHINE for defect in check(subject)),
        *_ask(subject, connection, QUICK_DATABASE),
    ]


def examine(subject: Subject, *, thoroughly: bool = False) -> list[Defect]:
    """What `samvad doctor` names. A database that cannot be reached is a defect too."""
    found = [defect for check in (*QUICK_MACHINE, *SLOW_MACHINE) for defect in check(subject)]
    checks = (*QUICK_DATABASE, *SLOW_DATABASE, *(THOROUGH_DATABASE if thoroughly else ()))
    try:
        if is_not_made(subject.database_url):
            return [*found, Defect.of(Problem(NO_TABLES))]
        with connected(subject.database_url) as connection:
            found += _ask(subject, connection, checks)
    except (SQLAlchemyError, OSError) as error:
        found.append(unreachable(error))
    return found


def unreachable(error: Exception) -> Defect:
    """What to say of a database that does not answer."""
    return Defect("database.unreachable", sentence_of(error), Weight.STOPS)


def _ask(subject: Subject, connection: Connection, checks: tuple[DatabaseCheck, ...]) -> list[Defect]:
    found: list[Defect] = []
    for check in checks:
        found += check(subject, connection)
        if any(defect.weight is Weight.STOPS for defect in found):
            break
    return found
