"""What is on posters and counter cards, ready to be drawn."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.installation.department_view import DepartmentView
from app.domain.places.place import BilingualName, PlaceKind


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """What is on one sheet."""

    place: BilingualName
    place_kind: PlaceKind
    #: the district and the like; None for a place without a parent
    above: BilingualName | None
    hung_at: str
    number: str
    issued_on: date
    expires_on: date | None
    #: what its code says
    code: str


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Sheets ready to be drawn: everything read from the database, so that drawing holds no transaction."""

    department: DepartmentView
    #: what stands on the paper for people to type
    domain: str
    sheets: tuple[PrintedSheet, ...]
    #: the place all of them lie below; None for a single sheet, which needs no list
    below: BilingualName | None
    made_on: date
    what: Printable = Printable.POSTER_A4
    language: PaperLanguage = PaperLanguage.BOTH
    #: on a larger sheet with marks, as a printing house wants it
    crop_marks: bool = False
    #: a PNG
    emblem: bytes | None = None

    @property
    def first(self) -> "PrintOrder":
        """Only its first sheet, as a preview shows it."""
        return replace(self, sheets=self.sheets[:1], below=None)
