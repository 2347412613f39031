"""The department that runs this installation, as pages and prints name it."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.place import BilingualName
from app.models import Department


@dataclass(frozen=True, slots=True)
class Helpline:
    label: BilingualName
    number: str


@dataclass(frozen=True, slots=True)
class DepartmentView:
    name: BilingualName
    #: invented places and answers: every page and print says so
    demonstration: bool
    helplines: tuple[Helpline, ...] = ()
    #: who reads free text daily; None while nobody does, and then no survey asks for it
    free_text_reader: str | None = None


# Columns and not the row as an object: every page asks.
_COLUMNS = select(
    Department.name_hi,
    Department.name_en,
    Department.demonstration,
    Department.free_text_reader,
    Department.helplines,
).where(Department.id == 1)

NOBODY = DepartmentView(BilingualName("संवाद", "Samvad"), demonstration=False)


def emblem_of(session: Session) -> bytes | None:
    """The emblem as a PNG, for prints."""
    return session.scalar(select(Department.emblem).where(Department.id == 1))


def describe_department(session: Session) -> DepartmentView:
    """The department, or a nameless one while nothing has been set up."""
    department = session.execute(_COLUMNS).one_or_none()
    if department is None:
        return NOBODY
    helplines = (
        Helpline(BilingualName(line.get("label_hi"), line.get("label_en")), line["number"])
        for line in json.loads(department.helplines)
    )
    return DepartmentView(
        BilingualName(department.name_hi, department.name_en),
        department.demonstration,
        tuple(helplines),
        department.free_text_reader,
    )
