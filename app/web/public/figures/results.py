"""Results for everybody: the way to a place, and what its edition says."""

from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import State, in_order
from app.domain.figures.editions.days import day_to_show
from app.domain.figures.highlights.wishes import most_first, wishes_of
from app.domain.figures.report import Headline, Report
from app.domain.installation.public_results import PublicResults, kinds_shown
from app.domain.problem import Problem
from app.domain.weeks import WEEK, day_of
from app.services.dialogue.commitment_queries import published_commitments
from app.services.figures.editions.holding import HeldBack, held_back, what_is_shown
from app.services.figures.editions.reports import edition_report, edition_surveys
from app.services.installation.public_results import decisions
from app.services.places.queries import PlaceLine, children_of, search_places, top_place
from app.services.record.changes import last_changes
from app.services.record.editions import StoredEdition, days_of
from app.services.surveys.main_survey import main_survey
from app.transaction import reading
from app.web.context import now, today
from app.web.errors import TOO_MANY
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.limits import NUMBERS, seconds_to_wait
from app.web.public.figures.reach import Reached, edition_shown, may_read, own_address, reach
from app.web.public.rendered import rendered_pages
from app.web.views import at


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page that leads to all results shows."""

    policy: PublicResults | None
    history: tuple[PublicResults, ...]
    top: PlaceLine | None
    below: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A place's edition and what its page says around it. `day` is as the address writes it; None is the newest."""

    place: Reached
    edition: StoredEdition | None
    days: tuple[date, ...]
    held: HeldBack | None
    latest: date
    day: str | None
    #: it was wrong, and another of the same day has taken its place
    is_corrected: bool


@at("/r")
@at("/R")
def show_results() -> ResponseReturnValue:
    """Find a place, by a part of its name or step by step; by name, never by figure."""
    text = request.args.get("q", "").strip()[:100]
    if text and (wait := seconds_to_wait(NUMBERS)):
        raise Problem(TOO_MANY, retry_after=wait)
    with reading() as session:
        entry = _entry(session)
        found = _found(session, text, entry.policy) if text else None
    return render_template(
        "public/figures/results.html",
        entry=entry,
        q=text,
        found=found,
        today=today(),
        next_day=day_to_show(now()) + WEEK,
        # What was searched for is nobody's to find.
        own=None if text else own_address(url_for("public.figures.show_results")),
        reader=FigureReader(),
    )


@at("/r/<page>")
@at("/R/<page>")
def show_place(page: str) -> ResponseReturnValue:
    return _show(page, None)


@at("/r/<page>/<day>")
@at("/R/<page>/<day>")
def show_day(page: str, day: str) -> ResponseReturnValue:
    return _show(page, day)


@at("/r/<page>/<day>/<int:number>")
@at("/R/<page>/<day>/<int:number>")
def show_corrected(page: str, day: str, number: int) -> ResponseReturnValue:
    """What a day said before it was corrected: nothing that was published vanishes."""
    return _show(page, day, number)


def _entry(session: Session) -> Entry:
    history = tuple(decisions(session))
    policy, top = next(iter(history), None), top_place(session, today())
    if top is None or not may_read(policy, top):
        return Entry(policy, history, None, ())
    lines = children_of(session, top.id, today(), language=reader_language())
    below = tuple(line for line in lines if may_read(policy, line))
    return Entry(policy, history, top, below)


def _found(session: Session, text: str, policy: PublicResults | None) -> tuple[PlaceLine, ...]:
    kinds = kinds_shown(policy, today())
    return search_places(session, text, on=today(), language=reader_language(), kinds=kinds, retired=True)


def _show(page: str, day: str | None, number: int | None = None) -> Response:
    def render() -> str:
        place = reach(session, page)
        edition = edition_shown(session, place.line.id, day, number)
        last = edition_shown(session, place.line.id, day) if number else edition
        days = tuple(days_of(session, place.line.id, showing))
        held = held_back(session, place.line.id, now())
        is_corrected = edition is not None and edition != last
        return _page(session, Shown(place, edition, days, held, showing.latest, day, is_corrected))

    with reading() as session:
        showing = what_is_shown(session, now())
        key = "results", page.lower(), day, number, showing, today(), reader_language(), last_changes(session)
        return rendered_pages().get(key, render).response()


def _page(session: Session, shown: Shown) -> str:
    edition = shown.edition
    reports = edition_reports(session, edition) if edition else []
    promises = in_order(published_commitments(session, shown.place.line.id), today())
    return render_template(
        "public/figures/place.html",
        place=shown.place,
        edition=edition,
        is_corrected=shown.is_corrected,
        reports=reports,
        headline=_headline(reports),
        days=shown.days,
        held=shown.held,
        is_newest=_is_newest(shown),
        own=_own_address(shown),
        day=shown.day,
        next_day=_next_day(shown.latest, shown.held),
        promises=[one for one in promises if one.state is State.OPEN],
        has_promises=bool(promises),
        today=today(),
        wishes_of=wishes_of,
        most_first=most_first,
        reader=FigureReader(),
    )


def _next_day(latest: date, held: HeldBack | None) -> date:
    """The next Monday, or the day on which what is held is shown, if that comes later."""
    return max(latest + WEEK, day_of(held.shown_from)) if held else latest + WEEK


def _is_newest(shown: Shown) -> bool:
    return shown.edition is None or shown.edition.due_on == shown.days[0]


def _own_address(shown: Shown) -> str:
    """Of the newest results that of the place; each earlier day, and each that was wrong, has its own for good."""
    page, edition = shown.place.line.page, shown.edition
    path = url_for("public.figures.show_place", page=page)
    if edition is not None and shown.is_corrected:
        day = edition.due_on.isoformat()
        path = url_for("public.figures.show_corrected", page=page, day=day, number=edition.number)
    elif edition is not None and not _is_newest(shown):
        path = url_for("public.figures.show_day", page=page, day=edition.due_on.isoformat())
    return own_address(path)


def edition_reports(session: Session, edition: StoredEdition) -> list[Report]:
    """One for each questionnaire, the main one first."""
    main = main_survey(session)
    slugs = sorted(edition_surveys(edition), key=lambda slug: (slug != main, slug))
    return [edition_report(session, edition, slug, today()) for slug in slugs]


def _headline(reports: list[Report]) -> Headline | None:
    """The one figure that a link may show beside itself, where its label has no place: a certified one."""
    headlines = (section.headline for report in reports[:1] for section in report.sections)
    return next((headline for headline in headlines if headline and headline.label.is_certified), None)
