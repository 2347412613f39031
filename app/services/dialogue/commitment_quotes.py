"""What people said, for commitments: which figures a place may quote, and how a quote reads today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import FIGURE_GONE, Commitment
from app.domain.dialogue.commitment_quote import (
    Figure,
    Quote,
    QuoteJson,
    changed_since,
    quotable,
    quote_of,
    read_quote,
)
from app.domain.figures.editions.days import Showing
from app.domain.figures.editions.reader import Definitions
from app.domain.figures.report import Change, Label
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem
from app.models import Place
from app.services.figures.editions.above import read_beside
from app.services.figures.editions.reports import document_of, known_definitions
from app.services.figures.reports import place_label
from app.services.record.editions import (
    StoredEdition,
    edition_of_id,
    later_corrections,
    newest_edition,
)


@dataclass(frozen=True, slots=True)
class Quotable:
    """The edition that a place quotes, and every figure of it that says anything, with its words."""

    edition: StoredEdition
    place: Label
    #: of the district, since there are too few answers for a figure of the place's own
    is_of_district: bool
    figures: tuple[tuple[Figure, Quote], ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a commitment quotes. `corrected` is the same figure where the edition was corrected since; `now` and
    `change` are that of the newest edition and how it moved, once it is time to look again.
    """

    quote: Quote
    edition: StoredEdition
    place: Label
    #: what its page of results is called
    page: str | None
    is_own: bool
    correction: StoredEdition | None = None
    corrected: Quote | None = None
    newest: StoredEdition | None = None
    now: Quote | None = None
    change: Change | None = None


def quotable_at(session: Session, place_id: int, showing: Showing, today: date) -> Quotable | None:
    """Of the newest edition of the place; where that tells no figure, of its district's. None where neither does."""
    definitions = known_definitions(session)
    place = session.get_one(Place, place_id)
    own = _quotable(session, place, showing, definitions, is_of_district=False)
    if own is not None or PlaceKind(place.kind).rank <= PlaceKind.DISTRICT.rank:
        return own
    above = read_beside(session, place_id, today)
    if above is None or above.kind != PlaceKind.DISTRICT.value:
        return None
    return _quotable(session, above, showing, definitions, is_of_district=True)


def copy_quote(session: Session, place_id: int, figure: Figure, showing: Showing, today: date) -> tuple[int, QuoteJson]:
    """The edition that is quoted, and the figure as it stands there. Problem `commitment.figure_gone`."""
    found = quotable_at(session, place_id, showing, today)
    quote = quote_of(document_of(found.edition), figure) if found else None
    if found is None or quote is None:
        raise Problem(FIGURE_GONE)
    return found.edition.id, quote


def read_quoted(session: Session, commitment: Commitment, showing: Showing, today: date) -> Quoted:
    """The quote with its words; the figure of now as well, once it is half a year since the promise ended."""
    definitions = known_definitions(session)
    edition = edition_of_id(session, commitment.edition_id)
    place = session.get_one(Place, edition.place_id)
    quote = _worded(commitment.figure, commitment.quote, definitions)
    corrections = later_corrections(session, edition.place_id, edition.due_on, edition.number)
    correction = corrections[-1] if corrections else None
    newest = newest_edition(session, place.id, showing) if commitment.is_looked_at_again(today) else None
    now = _figure_in(newest, commitment.figure, definitions)
    return Quoted(
        quote=quote,
        edition=edition,
        place=place_label(place),
        page=place.page,
        is_own=place.id == commitment.place_id,
        correction=correction,
        corrected=_figure_in(correction, commitment.figure, definitions),
        newest=newest,
        now=now,
        change=changed_since(quote, now) if now else None,
    )


def _quotable(
    session: Session, place: Place, showing: Showing, definitions: Definitions, *, is_of_district: bool
) -> Quotable | None:
    edition = newest_edition(session, place.id, showing)
    if edition is None:
        return None
    found = tuple((one, _worded(one, quote, definitions)) for one, quote in quotable(document_of(edition)))
    return Quotable(edition, place_label(place), is_of_district, found) if found else None


def _figure_in(edition: StoredEdition | None, figure: Figure, definitions: Definitions) -> Quote | None:
    quote = quote_of(document_of(edition), figure) if edition else None
    return _worded(figure, quote, definitions) if quote else None


def _worded(figure: Figure, quote: QuoteJson, definitions: Definitions) -> Quote:
    return read_quote(figure, quote, definitions(figure.survey, quote["version"]))
