"""The department that runs this installation, as pages and prints name it."""

from dataclasses import dataclass

from app.domain.places.place import BilingualName


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
    #: what tells this emblem from another; None if there is none
    emblem_mark: str | None = None
