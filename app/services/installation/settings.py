"""What headquarters decides about the whole installation: names, host, helplines, who reads free text."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain.installation.department import (
    DEPARTMENT_NAME,
    HOST_FOREIGN,
    HOST_NOT_TYPED,
    NO_CONTACT,
    canonical_host,
)
from app.domain.installation.helplines import HelplineLine, require_all_ticked
from app.domain.problem import Problem
from app.domain.weeks import day_of
from app.models import Department
from app.services.record import audit

_SUBJECT = "department"


@dataclass(frozen=True, slots=True)
class DepartmentSettings:
    name_hi: str
    name_en: str
    host: str | None
    helplines: tuple[HelplineLine, ...] = ()
    free_text_reader: str | None = None
    host_confirmed_on: date | None = None
    helplines_confirmed_on: date | None = None


def read_settings(session: Session) -> DepartmentSettings:
    """What is set; empty names while nothing is."""
    department = session.get(Department, 1)
    if department is None:
        return DepartmentSettings("", "", None)
    return DepartmentSettings(
        department.name_hi,
        department.name_en,
        department.host,
        _lines(department),
        department.free_text_reader,
        department.host_confirmed_on,
        department.helplines_confirmed_on,
    )


def save_settings(session: Session, wanted: DepartmentSettings, actor_id: int | None, now: datetime) -> None:
    """Set all of it; if anything changes that is printed, it must be confirmed anew.

    The days of confirmation are not taken from here.
    """
    names = wanted.name_hi.strip(), wanted.name_en.strip()
    if not all(0 < len(name) <= 120 for name in names):
        raise Problem(DEPARTMENT_NAME)
    host = canonical_host(wanted.host) if wanted.host else None
    department = session.get(Department, 1, with_for_update=True)
    if department is None:
        department = Department(id=1, name_hi="", name_en="")
        session.add(department)
    helplines = json.dumps([asdict(line) for line in wanted.helplines], ensure_ascii=False)
    if (department.name_hi, department.name_en, department.host) != (*names, host):
        department.host_confirmed_on = None
    if department.helplines != helplines:
        department.helplines_confirmed_on = None
    department.name_hi, department.name_en = names
    department.host, department.helplines = host, helplines
    department.free_text_reader = (wanted.free_text_reader or "").strip() or None
    details: dict[str, object] = {"host": host, "free_text": department.free_text_reader is not None}
    audit.record(session, "department.changed", _SUBJECT, actor_id, details, now)


def set_emblem(session: Session, emblem: bytes | None, actor_id: int | None, now: datetime) -> None:
    """Print this PNG on posters from now on, or none; it must be confirmed like all that is printed."""
    department = session.get(Department, 1, with_for_update=True)
    if department is None:
        raise Problem(DEPARTMENT_NAME)
    department.emblem, department.host_confirmed_on = emblem, None
    department.emblem_mark = None if emblem is None else hashlib.sha256(emblem).hexdigest()[:10]
    audit.record(session, "department.emblem", _SUBJECT, actor_id, {"emblem": emblem is not None}, now)


def confirm_host(
    session: Session, typed: str, address: str, contact: str | None, actor_id: int | None, now: datetime
) -> None:
    """Allow real posters with this host: somebody typed it once more, and it is where this installation answers.

    `address` and `contact` are those of the settings. A misprinted host sends citizens to whoever buys it, and without
    a contact the pages promise a complaint that reaches nobody.
    """
    if contact is None:
        raise Problem(NO_CONTACT)
    department = session.get(Department, 1, with_for_update=True)
    parts = urlsplit(address)
    if department is None or not department.host or parts.scheme != "https" or parts.netloc.lower() != department.host:
        raise Problem(HOST_FOREIGN, address=address)
    if typed.strip().lower() != department.host:
        raise Problem(HOST_NOT_TYPED)
    department.host_confirmed_on = day_of(now)
    audit.record(session, "department.host_confirmed", _SUBJECT, actor_id, {"host": department.host}, now)


def confirm_helplines(session: Session, ticked: Collection[str], actor_id: int | None, now: datetime) -> None:
    """Allow paper with these numbers: somebody ticked each of them. Problem `department.helplines_not_all`."""
    department = session.get(Department, 1, with_for_update=True)
    lines = () if department is None else _lines(department)
    require_all_ticked(lines, ticked)
    if department is not None:
        department.helplines_confirmed_on = day_of(now)
    numbers = [line.number for line in lines]
    audit.record(session, "department.helplines_confirmed", _SUBJECT, actor_id, {"numbers": numbers}, now)


def _lines(department: Department) -> tuple[HelplineLine, ...]:
    return tuple(HelplineLine(**line) for line in json.loads(department.helplines))
