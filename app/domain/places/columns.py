"""Which column of a list of places means what: our own format, plain lists, and the Local Government Directory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.places.names import clean_place_text, search_key
from app.domain.places.place import PlaceGroup, PlaceKind
from app.domain.problem import Problem, ProblemType
from app.domain.table import Table, TableRow

#: our own format, in the order of an export
COLUMNS = (
    "code", "kind", "name_hi", "name_en", "parent_code", "retired_on", "contact_hi", "contact_en", "contact_phone",
    "group",
)  # fmt: skip

NO_ROWS = ProblemType("place.no_rows", 422, "The file has no rows under its headings. Add one row for each place.")
NO_CODE_COLUMN = ProblemType(
    "place.no_code_column",
    422,
    "No column gives a code. Add a column “code”, with a number or a short word for each place that never changes.",
)
NO_NAME_COLUMN = ProblemType(
    "place.no_name_column", 422, "No column gives a name. Add a column “name_hi”, “name_en” or both."
)
COLUMN_TWICE = ProblemType(
    "place.column_twice", 422, "The headings “%(first)s” and “%(second)s” mean the same. Keep one of the two columns."
)


class Field(StrEnum):
    CODE = "code"
    KIND = "kind"
    NAME_HI = "name_hi"
    NAME_EN = "name_en"
    #: a name in whichever language it is written
    NAME = "name"
    PARENT = "parent_code"
    RETIRED_ON = "retired_on"
    CONTACT_HI = "contact_hi"
    CONTACT_EN = "contact_en"
    CONTACT_PHONE = "contact_phone"
    GROUP = "group"
    STATE_CODE = "state_code"
    STATE_NAME = "state_name"
    STATE_NAME_HI = "state_name_hi"
    DISTRICT_CODE = "district_code"
    DISTRICT_NAME = "district_name"
    DISTRICT_NAME_HI = "district_name_hi"
    SUBDISTRICT_CODE = "subdistrict_code"
    SUBDISTRICT_NAME = "subdistrict_name"
    SUBDISTRICT_NAME_HI = "subdistrict_name_hi"


class Layout(StrEnum):
    OWN = "own"
    #: Local Government Directory, lgdirectory.gov.in: a row holds the place and all above it
    LGD_DISTRICTS = "lgd_districts"
    LGD_SUBDISTRICTS = "lgd_subdistricts"


_ALIASES: dict[Field, Sequence[str]] = {
    Field.CODE: (
        "code", "place code", "station code", "thana code", "police station code", "ps code", "id", "osm id",
        "कोड", "स्थान कोड", "थाना कोड", "कूट",
    ),
    Field.KIND: ("kind", "type", "place kind", "level", "प्रकार", "स्तर"),
    Field.NAME_HI: (
        "name hi", "hindi", "hindi name", "name hindi", "name in hindi", "हिंदी", "हिंदी नाम", "नाम हिंदी",
        "हिंदी में नाम", "नाम हिंदी में",
    ),
    Field.NAME_EN: (
        "name en", "english", "english name", "name english", "name in english", "अंग्रेज़ी", "अंग्रेज़ी नाम",
        "नाम अंग्रेज़ी", "अंग्रेज़ी में नाम", "नाम अंग्रेज़ी में",
    ),
    Field.NAME: (
        "name", "place name", "place", "station name", "station", "police station", "police station name",
        "thana", "thana name", "ps name", "नाम", "स्थान", "थाना", "थाने का नाम", "थाना का नाम",
    ),
    Field.PARENT: (
        "parent code", "parent", "lies in", "under", "district", "ज़िला", "ज़िले का नाम", "मूल कोड", "ऊपर का कोड",
        "किसमें", "किसके अंतर्गत",
    ),
    Field.RETIRED_ON: ("retired on", "retired", "closed on", "बंद हुआ", "बंद होने की तारीख", "कब बंद हुआ"),
    # Nothing shorter: lists of stations have columns of telephones that hold anything.
    Field.CONTACT_HI: ("contact hi", "दफ़्तर का पता", "कार्यालय का पता"),
    Field.CONTACT_EN: ("contact en", "office address"),
    Field.CONTACT_PHONE: ("contact phone", "office phone", "दफ़्तर का फ़ोन", "कार्यालय का फ़ोन"),
    Field.GROUP: ("group", "place group", "समूह"),
}  # fmt: skip

# The directory has named its columns in several ways over the years.
_LGD_ALIASES: dict[Field, Sequence[str]] = {
    Field.STATE_CODE: ("state code", "state lgd code"),
    Field.STATE_NAME: ("state name", "state name in english"),
    Field.STATE_NAME_HI: ("state name in local language", "state name in local"),
    Field.DISTRICT_CODE: ("district code", "district lgd code"),
    Field.DISTRICT_NAME: ("district name", "district name in english"),
    Field.DISTRICT_NAME_HI: ("district name in local language", "district name in local"),
    Field.SUBDISTRICT_CODE: ("sub district code", "subdistrict code", "sub district lgd code"),
    Field.SUBDISTRICT_NAME: ("sub district name", "subdistrict name", "sub district name in english"),
    Field.SUBDISTRICT_NAME_HI: ("sub district name in local language", "sub district name in local"),
}
_PLAIN_DISTRICT = {Field.PARENT: ("district code", "district name")}


def _by_key(aliases: Mapping[Field, Sequence[str]]) -> dict[str, Field]:
    return {search_key(alias): field for field, names in aliases.items() for alias in names}


_OWN = _by_key(_ALIASES)
_PLAIN = _by_key(_PLAIN_DISTRICT)
_LGD = _by_key(_LGD_ALIASES)
_LGD_NEEDS = {Field.STATE_CODE, Field.STATE_NAME, Field.DISTRICT_CODE, Field.DISTRICT_NAME}
_LGD_SUB_NEEDS = _LGD_NEEDS | {Field.SUBDISTRICT_CODE, Field.SUBDISTRICT_NAME}

KIND_WORDS: dict[str, PlaceKind] = {
    search_key(word): kind
    for kind, words in {
        PlaceKind.STATE: ("state", "राज्य", "प्रदेश"),
        PlaceKind.RANGE: ("range", "zone", "रेंज", "ज़ोन", "जोन"),
        PlaceKind.DISTRICT: ("district", "dist", "ज़िला", "जनपद"),
        PlaceKind.SUBDIVISION: ("subdivision", "sub division", "sdop", "tehsil", "अनुभाग", "अनुविभाग", "तहसील"),
        PlaceKind.STATION: ("station", "police station", "ps", "thana", "थाना", "पुलिस थाना"),
        PlaceKind.OUTPOST: ("outpost", "police outpost", "op", "chowki", "चौकी", "पुलिस चौकी", "सहायता केंद्र"),
    }.items()
    for word in words
}

# “Urban” and “शहरी” are left out: a town is urban as well.
GROUP_WORDS: dict[str, PlaceGroup] = {
    search_key(word): group
    for group, words in {
        PlaceGroup.RURAL: ("rural", "ग्रामीण", "देहात", "देहाती"),
        PlaceGroup.TOWN: ("town", "क़स्बा"),
        PlaceGroup.CITY: ("city", "शहर"),
    }.items()
    for word in words
}

#: without any of them a list says nothing of its places
_SAYING = {
    Field.NAME, Field.NAME_HI, Field.NAME_EN, Field.RETIRED_ON,
    Field.CONTACT_HI, Field.CONTACT_EN, Field.CONTACT_PHONE, Field.GROUP,
}  # fmt: skip
# A title or two may stand above the headings.
_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Where each field stands, and how the file itself names it."""

    layout: Layout
    header_row: int
    width: int
    at: Mapping[Field, int]
    headings: Mapping[Field, str]
    #: headings of columns that mean nothing to us
    unread: tuple[str, ...]

    def text(self, row: TableRow, field: Field) -> str:
        """The cleaned cell; empty if there is no such column."""
        return clean_place_text(row.cell(self.at[field])) if field in self.at else ""

    def heading(self, field: Field) -> str:
        return self.headings.get(field, field.value)


def recognise(table: Table) -> tuple[PlaceColumns, tuple[TableRow, ...], list[Problem]]:
    """The columns of a table, the rows under its headings, and what is wrong with the headings."""
    if not table.rows:
        return PlaceColumns(Layout.OWN, 1, 0, {}, {}, ()), (), [Problem(NO_ROWS)]
    found = max((_read_header(row) for row in table.rows[:_LOOKED_AT]), key=lambda one: len(one[0].at))
    if len(found[0].at) < 2:
        found = _read_header(table.rows[0])
    columns, problems = found
    rows = tuple(row for row in table.rows if row.number > columns.header_row)
    if not rows:
        problems.append(Problem(NO_ROWS))
    if columns.layout is Layout.OWN:
        if Field.CODE not in columns.at:
            problems.append(Problem(NO_CODE_COLUMN, row=columns.header_row))
        if not columns.at.keys() & _SAYING:
            problems.append(Problem(NO_NAME_COLUMN, row=columns.header_row))
    return columns, rows, problems


def _read_header(row: TableRow) -> tuple[PlaceColumns, list[Problem]]:
    keys = [search_key(clean_place_text(cell)) for cell in row.cells]
    lgd = {_LGD[key] for key in keys if key in _LGD}
    if lgd >= _LGD_SUB_NEEDS:
        layout, meanings = Layout.LGD_SUBDISTRICTS, _LGD
    elif lgd >= _LGD_NEEDS:
        layout, meanings = Layout.LGD_DISTRICTS, _LGD
    else:
        layout, meanings = Layout.OWN, _OWN | {key: field for key, field in _PLAIN.items() if _parentless(keys)}
    at: dict[Field, int] = {}
    problems = []
    unread = []
    for column, key in enumerate(keys):
        heading = clean_place_text(row.cells[column])
        field = meanings.get(key)
        if field is None:
            unread += [heading] if heading else []
        elif field in at:
            first = clean_place_text(row.cells[at[field]])
            problems.append(Problem(COLUMN_TWICE, row=row.number, column=heading, first=first, second=heading))
        else:
            at[field] = column
    headings = {field: clean_place_text(row.cells[column]) for field, column in at.items()}
    return PlaceColumns(layout, row.number, len(keys), at, headings, tuple(unread)), problems


def _parentless(keys: Sequence[str]) -> bool:
    """Whether no column of our own names the parent, so that a district's code or name may stand for it."""
    return not any(_OWN.get(key) is Field.PARENT for key in keys) and sum(key in _PLAIN for key in keys) == 1
