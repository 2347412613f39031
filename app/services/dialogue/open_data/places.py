"""Public places as lines of open data."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dialogue.open_data.lines import Line
from app.domain.surveys.survey import REQUIRED_LANGUAGES
from app.models import Place
from app.services.dialogue.open_data.scope import DataScope, is_public
from app.services.places.ancestry import Ancestry


def place_lines(session: Session, scope: DataScope) -> list[Line]:
    """In the order of their pages, as they are called and where they lie today."""
    pages = {id_: page for page, id_ in scope.places}
    places = {place.id: place for place in session.scalars(select(Place).where(*is_public(scope.kinds)))}
    tree = Ancestry.load(session)
    lines: list[Line] = []
    for page, id_ in scope.places:
        place = places[id_]
        above = (pages[each] for each in tree.ancestors(id_, scope.on) if each in pages)
        retired = place.retired_on.isoformat() if place.retired_on else None
        names = {"hi": place.name_hi, "en": place.name_en}
        own = (names[language] for language in REQUIRED_LANGUAGES)
        lines.append((page, place.code, place.kind, place.place_group, next(above, None), retired, *own))
    return lines
