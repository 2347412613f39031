"""What is on posters and counter cards, ready to be drawn."""

import re
from dataclasses import dataclass, replace
from datetime import date

from app.domain.codes.print_formats import PaperLanguage, Printable
from app.domain.codes.spot import is_at_place
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
    #: what its questions are called, where they ask something else than how one was treated
    asked: BilingualName | None = None
    #: the place's code and the questionnaire's name in the form: what a file is called after
    place_code: str = ""
    survey: str = ""
    #: whether everybody may read what comes of it, and new figures every week; else nothing is said of results
    results_open: bool = False

    @property
    def names_place(self) -> bool:
        """Whether it asks how one was treated and hangs where "this station" would mean nothing, or another one."""
        return self.asked is None and not is_at_place(self.hung_at)


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
    def file_name(self) -> str:
        """Tells two prints of a day apart: what, about which questions, where or how many, in which language, when."""
        surveys, first = {sheet.survey for sheet in self.sheets}, self.sheets[0]
        where = [first.place_code, first.number] if len(self.sheets) == 1 else [f"{len(self.sheets)}-sheets"]
        parts = [self.what.value, *sorted(surveys), *where, self.language.value, self.made_on.isoformat()]
        return re.sub(r"[^A-Za-z0-9_.-]+", "-", "-".join(filter(None, parts))) + ".pdf"

    @property
    def first(self) -> "PrintOrder":
        """Only its first sheet, as a preview shows it."""
        return replace(self, sheets=self.sheets[:1], below=None)
