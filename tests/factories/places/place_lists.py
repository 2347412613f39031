"""Lists of places as people bring them, and what importing them would do."""

from collections.abc import Sequence
from datetime import date

from app.domain.places.import_plan import ImportPlan
from app.domain.places.importing import ImportOptions, plan_import
from app.domain.places.place import BilingualName, KnownPlace, PlaceKind
from app.domain.table import Table, TableRow

TODAY = date(2026, 11, 23)
#: the Local Government Directory's
DIRECTORY = "State Code,State Name,District Code,District Name"
DIRECTORY_BELOW = f"{DIRECTORY},Sub-district Code,Sub-district Name"
HEADER = "code,kind,name_hi,name_en,parent_code,retired_on"
STATE = "S,state,राज्य क,Ka,,"
DISTRICT = "D,district,ज़िला ख,Kha,S,"
STATION = "P,station,थाना ग,Ga,D,"


def table(*lines: str) -> Table:
    return Table(tuple(TableRow(at, tuple(line.split(","))) for at, line in enumerate(lines, 1)))


def known(code: str, kind: str, hi: str, en: str, parent: str | None, **more: object) -> KnownPlace:
    return KnownPlace(code, PlaceKind(kind), BilingualName(hi, en), parent, **more)  # type: ignore[arg-type]


HERE = [
    known("S", "state", "राज्य क", "Ka", None),
    known("D", "district", "ज़िला ख", "Kha", "S", lies_since=date(2026, 1, 1)),
    known("E", "district", "ज़िला घ", "Gha", "S", lies_since=date(2026, 1, 1)),
    known("P", "station", "थाना ग", "Ga", "D", lies_since=date(2026, 1, 1)),
]


def plan(*lines: str, here: Sequence[KnownPlace] = (), header: str = HEADER, **options: object) -> ImportPlan:
    return plan_import(table(header, *lines), here, ImportOptions(**options), TODAY)  # type: ignore[arg-type]


def told(made: ImportPlan) -> list[tuple[str, object, object]]:
    """Code, row and column of every problem."""
    return [(one.code, one.details.get("row"), one.details.get("column")) for one in made.problems]
