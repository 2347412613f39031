"""A list of places that is imported, and what tests ask of the tree it becomes."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.domain.places.importing import ImportOptions
from app.formats.tables.reading import read_table
from app.services.places.imports import apply_import
from app.services.places.queries import find_place_by_code

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LATER = datetime(2026, 12, 9, 6, tzinfo=UTC)

LIST = """code,kind,name_hi,name_en,parent_code
MP,state,मध्य प्रदेश,Madhya Pradesh,
BPL,district,भोपाल,Bhopal,MP
IND,district,इंदौर,Indore,MP
BPL-1,station,थाना कोतवाली,Kotwali,BPL
IND-1,station,थाना कोतवाली,Kotwali,IND
IND-2,station,थाना विजय नगर,Vijay Nagar,IND
IND-2-A,outpost,चौकी टीकमगढ़ मार्ग,,IND-2
"""


def put(session: Session, text: str = LIST, at: datetime = NOW, **options: object) -> object:
    return apply_import(
        session,
        read_table(text.encode()),
        ImportOptions(**options),
        actor_id=None,
        now=at,  # type: ignore[arg-type]
    )


def id_of(session: Session, code: str) -> int:
    return find_place_by_code(session, code).id


def codes(lines: tuple[object, ...]) -> list[str]:
    return [line.code for line in lines]  # type: ignore[attr-defined]
