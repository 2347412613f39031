"""What a share kit says about one link."""

from dataclasses import dataclass

from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName


@dataclass(frozen=True, slots=True)
class ShareKit:
    """What is said about one link."""

    department: DepartmentView
    place: BilingualName
    link: str
    domain: str
    emblem: bytes | None = None
