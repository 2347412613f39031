"""The department that runs this installation, as pages and prints name it."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.installation.department_view import DepartmentView, Helpline
from app.domain.places.place import BilingualName
from app.models import Department

# Columns and not the row as an object: every page asks.
_COLUMNS = select(
    Department.name_hi,
    Department.name_en,
    Department.demonstration,
    Department.helplines,
    Department.emblem_mark,
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
        department.emblem_mark,
    )
