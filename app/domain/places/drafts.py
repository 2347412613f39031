"""One draft for each row of a list of places: what the file says, checked cell by cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.free_text import ascii_digits
from app.domain.places.columns import GROUP_WORDS, KIND_WORDS, Field, Layout, PlaceColumns
from app.domain.places.contact import clean_contact, flaws_in_contact
from app.domain.places.names import flaws_in_name, is_devanagari, search_key, shown
from app.domain.places.place import NO_CONTACT, BilingualName, Contact, PlaceGroup, PlaceKind
from app.domain.problem import Problem, ProblemType
from app.domain.table import TableRow

CODE_MISSING = ProblemType(
    "place.code_missing", 422, "There is no code. Write the code of this place, or delete the row."
)
CODE_UNUSABLE = ProblemType(
    "place.code_unusable",
    422,
    "“%(value)s” cannot be a code. Use at most 40 letters A to Z, digits, and . _ / : - between them.",
)
KIND_UNKNOWN = ProblemType(
    "place.kind_unknown",
    422,
    "“%(value)s” is no kind of place. Write one of: state, range, district, subdivision, station, outpost.",
)
GROUP_UNKNOWN = ProblemType(
    "place.group_unknown", 422, "“%(value)s” is no group of places. Write one of: rural, town, city."
)
DATE_UNREADABLE = ProblemType(
    "place.date_unreadable", 422, "“%(value)s” is no date. Write it like 2026-03-31 or 31-03-2026."
)
DATE_AHEAD = ProblemType(
    "place.date_ahead", 422, "%(value)s has not come yet. A place is retired on the day or later, not before."
)
CELLS_WITHOUT_HEADING = ProblemType(
    "place.cells_without_heading",
    422,
    "“%(value)s” stands under no heading. Perhaps a comma inside a name split it: put the name in quotation marks.",
)
AREA_NAMED_TWICE = ProblemType(
    "place.area_named_twice",
    422,
    "The code %(code)s is called “%(name)s” here and “%(other)s” in row %(first)d. Correct one of them.",
)

_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/:-]{0,38}[A-Za-z0-9])?")
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?: 00:00:00)?")
_INDIAN_DATE = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """What one row says of one place. None and empty mean that the row says nothing about it.

    An `aside` is a place that the row names only to say what lies above its own: it is added where it is not
    there yet, and never changed by this.
    """

    row: int
    code: str
    kind: PlaceKind | None
    name: BilingualName
    #: the code or the name of the parent, as it is written
    parent: str = ""
    retired_on: date | None = None
    aside: bool = False
    headings: Mapping[Field, str] = field(default_factory=dict)
    #: whether the row names a kind that there is not, which has been told
    kind_unknown: bool = False
    contact: Contact = NO_CONTACT
    group: PlaceGroup | None = None

    def problem(self, type_: ProblemType, about: Field, **details: object) -> Problem:
        return Problem(type_, row=self.row, column=self.headings.get(about, about.value), parts=(), **details)


def read_drafts(
    columns: PlaceColumns, rows: Sequence[TableRow], kind: PlaceKind | None, today: date
) -> tuple[list[PlaceDraft], list[Problem]]:
    """The drafts of all rows, and every cell that cannot be used. `kind` is for rows that do not say it."""
    problems: list[Problem] = []
    if columns.layout is Layout.OWN:
        drafts = [_read_row(columns, row, kind, today, problems) for row in rows]
    else:
        drafts = list(_read_directory(columns, rows, kind or PlaceKind.SUBDIVISION, problems))
    for row in rows:
        extra = next((cell for cell in row.cells[columns.width :] if cell.strip()), None)
        if extra is not None:
            problems.append(Problem(CELLS_WITHOUT_HEADING, row=row.number, column="", value=shown(extra)))
    return drafts, problems


def _read_row(
    columns: PlaceColumns, row: TableRow, kind: PlaceKind | None, today: date, problems: list[Problem]
) -> PlaceDraft:
    def refuse(about: Field, type_: ProblemType, **details: object) -> None:
        problems.append(Problem(type_, row=row.number, column=columns.heading(about), parts=(), **details))

    code = ascii_digits(columns.text(row, Field.CODE))
    if Field.CODE in columns.at and not code:
        refuse(Field.CODE, CODE_MISSING)
    elif code and not is_code(code):
        refuse(Field.CODE, CODE_UNUSABLE, value=shown(code))
    written_kind = columns.text(row, Field.KIND)
    if written_kind:
        kind = KIND_WORDS.get(search_key(written_kind))
        if kind is None:
            refuse(Field.KIND, KIND_UNKNOWN, value=shown(written_kind))
    written_group = columns.text(row, Field.GROUP)
    group = GROUP_WORDS.get(search_key(written_group))
    if written_group and group is None:
        refuse(Field.GROUP, GROUP_UNKNOWN, value=shown(written_group))
    written_date = columns.text(row, Field.RETIRED_ON)
    retired_on = read_date(written_date) if written_date else None
    if written_date and retired_on is None:
        refuse(Field.RETIRED_ON, DATE_UNREADABLE, value=shown(written_date))
    elif retired_on and retired_on > today:
        refuse(Field.RETIRED_ON, DATE_AHEAD, value=retired_on.isoformat())
    name, headings = _read_names(columns, row, problems)
    parent = columns.text(row, Field.PARENT)
    contact = _read_contact(columns, row, problems)
    unknown = bool(written_kind) and kind is None
    return PlaceDraft(
        row.number,
        code,
        kind,
        name,
        parent,
        retired_on,
        headings=headings,
        kind_unknown=unknown,
        contact=contact,
        group=group,
    )


def _read_contact(columns: PlaceColumns, row: TableRow, problems: list[Problem]) -> Contact:
    hi, en, phone = (columns.text(row, field) for field in (Field.CONTACT_HI, Field.CONTACT_EN, Field.CONTACT_PHONE))
    contact = clean_contact(Contact(BilingualName(hi, en), phone))
    problems += [located(flaw, row.number, columns.heading(about)) for about, flaw in flaws_in_contact(contact)]
    return contact


def _read_names(
    columns: PlaceColumns, row: TableRow, problems: list[Problem]
) -> tuple[BilingualName, Mapping[Field, str]]:
    """Both names; a column that is for either language fills the one it is written in, where that is empty."""
    hi, en = columns.text(row, Field.NAME_HI), columns.text(row, Field.NAME_EN)
    either = columns.text(row, Field.NAME)
    hi_from, en_from = Field.NAME_HI, Field.NAME_EN
    if either and is_devanagari(either) and not hi:
        hi, hi_from = either, Field.NAME
    elif either and not is_devanagari(either) and not en:
        en, en_from = either, Field.NAME
    for text, language, source in ((hi, "hi", hi_from), (en, "en", en_from)):
        if text:
            problems += _located(flaws_in_name(text, language), row, columns.heading(source))
    headings = dict(columns.headings)
    for wanted, source in ((Field.NAME_HI, hi_from), (Field.NAME_EN, en_from)):
        if wanted not in columns.at and Field.NAME in columns.at:
            source = Field.NAME
        headings[wanted] = columns.heading(source)
    return BilingualName(hi or None, en or None), headings


def _located(flaws: Iterator[Problem], row: TableRow, column: str) -> list[Problem]:
    return [located(flaw, row.number, column) for flaw in flaws]


def located(flaw: Problem, row: int, column: str) -> Problem:
    """The same problem with the place it is at."""
    return Problem(flaw.type, parts=(), **{**flaw.details, "row": row, "column": column})


@dataclass(frozen=True, slots=True)
class _Level:
    """Three columns of the directory. Its numbers are unique within a level only, so codes say the level."""

    kind: PlaceKind
    prefix: str
    code: Field
    name: Field
    name_hi: Field


_STATE = _Level(PlaceKind.STATE, "LGD-S", Field.STATE_CODE, Field.STATE_NAME, Field.STATE_NAME_HI)
_DISTRICT = _Level(PlaceKind.DISTRICT, "LGD-D", Field.DISTRICT_CODE, Field.DISTRICT_NAME, Field.DISTRICT_NAME_HI)


def _read_directory(
    columns: PlaceColumns, rows: Sequence[TableRow], kind: PlaceKind, problems: list[Problem]
) -> Iterator[PlaceDraft]:
    levels = [_STATE, _DISTRICT]
    if columns.layout is Layout.LGD_SUBDISTRICTS:
        below = (Field.SUBDISTRICT_CODE, Field.SUBDISTRICT_NAME, Field.SUBDISTRICT_NAME_HI)
        levels.append(_Level(kind, "LGD-T", *below))
    first: dict[str, PlaceDraft] = {}
    for row in rows:
        parent = ""
        for level in levels:
            aside = level is not levels[-1]
            draft = _read_level(columns, row, level, parent, aside, problems)
            parent = draft.code
            known = first.get(draft.code) if aside and draft.code else None
            if known is None:
                first[draft.code] = draft
                yield draft
            elif known.name != draft.name:
                names = {"name": draft.name.in_language("en"), "other": known.name.in_language("en")}
                problems.append(
                    draft.problem(AREA_NAMED_TWICE, Field.NAME_EN, code=draft.code, first=known.row, **names)
                )


def _read_level(
    columns: PlaceColumns, row: TableRow, level: _Level, parent: str, aside: bool, problems: list[Problem]
) -> PlaceDraft:
    number = ascii_digits(columns.text(row, level.code))
    code = f"{level.prefix}{number}" if number else ""
    if not code:
        problems.append(Problem(CODE_MISSING, row=row.number, column=columns.heading(level.code)))
    elif not is_code(code):
        problems.append(Problem(CODE_UNUSABLE, row=row.number, column=columns.heading(level.code), value=shown(number)))
    en, hi = _in_title_case(columns.text(row, level.name)), columns.text(row, level.name_hi)
    for text, language, about in ((en, "en", level.name), (hi, "hi", level.name_hi)):
        if text:
            problems += _located(flaws_in_name(text, language), row, columns.heading(about))
    headings = {
        Field.CODE: columns.heading(level.code),
        Field.NAME_EN: columns.heading(level.name),
        Field.NAME_HI: columns.heading(level.name_hi if level.name_hi in columns.at else level.name),
    }
    return PlaceDraft(
        row.number, code, level.kind, BilingualName(hi or None, en or None), parent, None, aside, headings
    )


def _in_title_case(name: str) -> str:
    """The directory writes some names in capitals throughout, which no poster should."""
    return name.title() if name.isupper() and len(name) > 1 else name


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def read_date(text: str) -> date | None:
    """A day written year first, or day first as in India; None for anything else."""
    found = _ISO_DATE.fullmatch(ascii_digits(text)) or _INDIAN_DATE.fullmatch(ascii_digits(text))
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
