"""The places below one that are alike, and what their newest editions tell of one question."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import Showing
from app.domain.figures.highlights.areas import good_of, is_like
from app.domain.figures.highlights.funnel import LikePlace
from app.domain.figures.highlights.standing import Standing
from app.domain.figures.shown import people
from app.domain.places.place import PlaceKind
from app.models import Place
from app.services.figures.editions.reports import document_of, edition_sections, known_definitions
from app.services.figures.reports import place_label
from app.services.places.ancestry import subtree_ids
from app.services.record.editions import StoredEdition, newest_editions


def like_places(
    session: Session, place_id: int, survey_slug: str, standing: Standing, showing: Showing, today: date, language: str
) -> tuple[LikePlace, ...]:
    """Stations of a district, districts of what lies above, in the order of their names in a language.

    Each with its own share of the main question, of the class, version and time that `standing` is of.
    """
    if standing.main is None:
        return ()
    places = _below(session, place_id, today, language)
    editions = newest_editions(session, [place.id for place in places], showing)
    found, known = [], known_definitions(session)
    for place in places:
        edition = editions.get(place.id)
        sections = edition_sections(session, edition, survey_slug, standing.main.name, known) if edition else ()
        told = (figure for one in sections if is_like(standing.section, one) for figure in one.questions)
        figure = next(told, None)
        share = good_of(figure) if figure else None
        base = figure.base if figure else people(None)
        found.append(LikePlace(place.id, place_label(place), share, base, place.group))
    return tuple(found)


def _below(session: Session, place_id: int, today: date, language: str) -> list[Place]:
    """All that are of one kind below a place and not retired: what lies between may be parted unequally."""
    own = session.get_one(Place, place_id)
    kind = PlaceKind.DISTRICT if PlaceKind(own.kind).rank < PlaceKind.DISTRICT.rank else PlaceKind.STATION
    wanted = Place.id.in_(subtree_ids(session, place_id, today)), Place.kind == kind.value, Place.retired_on.is_(None)
    rows = session.scalars(select(Place).where(*wanted, Place.id != place_id))
    return sorted(rows, key=lambda place: (place.name.sort_key(language), place.code))


@dataclass(frozen=True, slots=True)
class EditionLine:
    """What a list of places says of one: which edition it has, if any, and whether it says anything in 100."""

    due_on: date
    is_new: bool
    has_figures: bool


def edition_lines(session: Session, place_ids: Collection[int], showing: Showing) -> dict[int, EditionLine]:
    """By place; without those that have none."""
    found = newest_editions(session, place_ids, showing)
    return {
        place_id: EditionLine(edition.due_on, edition.due_on == showing.latest, _has_figures(edition))
        for place_id, edition in found.items()
    }


def _has_figures(edition: StoredEdition) -> bool:
    """Whether any question of it says anything in 100."""
    return any(
        figure["cells"]
        for survey in document_of(edition)["surveys"]
        for section in survey["sections"]
        for figure in section["questions"]
    )
