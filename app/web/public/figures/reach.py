"""Which place an address of results means, and whether its results may be read by everybody today."""

from dataclasses import dataclass
from datetime import date

from flask import g, url_for
from sqlalchemy.orm import Session

from app.domain.installation.public_results import PublicResults, kinds_shown
from app.domain.installation.quiet_period import written
from app.domain.places.place import PlaceKind
from app.domain.problem import Problem, ProblemType
from app.services.figures.editions.holding import held_back, what_is_shown
from app.services.installation.public_results import public_results
from app.services.places.queries import PlaceLine, describe_place, find_place_by_page, has_page
from app.services.record.editions import EDITION_UNKNOWN, StoredEdition, edition_of_day, newest_edition
from app.transaction import reading
from app.web.context import context, now, today
from app.web.languages import DEFAULT, reader_language

EDITION_HELD = ProblemType(
    "edition.held",
    404,
    "The results of %(day)s were made on their day and are shown from %(shown)s on:"
    " order %(order)s has a quiet period until then.",
)
NOT_PUBLIC = ProblemType("results.not_public", 404, "The results of this place are not public.")


@dataclass(frozen=True, slots=True)
class Reached:
    """A place whose results are public, with what stands above and below it that is public too."""

    line: PlaceLine
    above: tuple[PlaceLine, ...]
    below: tuple[PlaceLine, ...]


def may_read(policy: PublicResults | None, place: PlaceLine) -> bool:
    return policy is not None and place.page is not None and policy.shows(place.kind, today())


def reach(session: Session, page: str) -> Reached:
    """Problems `place.unknown` and `results.not_public`."""
    policy = public_results(session)
    place = find_place_by_page(session, page)
    if not may_read(policy, place):
        raise Problem(NOT_PUBLIC)
    view = describe_place(session, place.id, today(), language=reader_language())
    above = tuple(line for line in view.above if may_read(policy, line))
    return Reached(view.line, above, tuple(line for line in view.below if may_read(policy, line)))


def edition_shown(session: Session, place_id: int, day: str | None, number: int | None = None) -> StoredEdition | None:
    """The edition of a day as the address writes it, else the newest.

    Problem `edition.unknown` for any other day, and `edition.held` while a quiet period holds it.

    Of a day that was corrected the last one, unless an earlier `number` is asked for.
    """
    if day is None:
        return newest_edition(session, place_id, what_is_shown(session, now()))
    return _of_day(session, place_id, day, number)


def named_edition(page: str, day: str, number: int | None = None) -> StoredEdition:
    """The same by its whole address, for what is made of one. Problems of `reach` besides."""
    with reading() as session:
        return _of_day(session, reach(session, page).line.id, day, number)


def _of_day(session: Session, place_id: int, day: str, number: int | None) -> StoredEdition:
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        raise Problem(EDITION_UNKNOWN) from None
    held = held_back(session, place_id, now())
    if held is not None and any(one.due_on == due_on for one in held.editions):
        raise Problem(EDITION_HELD, day=due_on.isoformat(), shown=written(held.shown_from), order=held.order)
    return edition_of_day(session, place_id, due_on, what_is_shown(session, now()), number)


def own_address(path: str) -> str:
    """The one address by which search engines know a page of results, however its address is written.

    In the language that needs none said; in another it is the same with `lang` behind it.
    """
    return context().settings.address + path


def results_address(down_to: str | None = None) -> str | None:
    """Where results are, in the reader's language; None while none are public, so that no page promises any.

    `down_to` is a kind of place: then None as well while results of such places are not public.
    """
    if "public_results" not in g:
        with reading() as session:
            policy = public_results(session)
            shown = kinds_shown(policy, today())
            g.public_results = policy if shown and has_page(session, shown) else None
    policy = g.public_results
    if policy is None or (down_to is not None and not policy.shows(PlaceKind(down_to), today())):
        return None
    return url_for("public.figures.show_results", lang=None if reader_language() == DEFAULT else reader_language())
