"""Promises as everybody reads them: all of a place, late ones first, and each with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import Commitment, in_order
from app.domain.figures.editions.days import Showing
from app.domain.figures.highlights.wishes import most_first, wishes_of
from app.domain.figures.report import QuestionFigure
from app.services.dialogue.commitment_queries import find_published, published_commitments
from app.services.dialogue.commitment_quotes import Quoted, read_quoted
from app.services.figures.editions.holding import what_is_shown
from app.services.record.changes import last_changes
from app.services.record.editions import days_of
from app.services.record.sources.dialogue.commitments import lines_of
from app.transaction import reading
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.public.figures.reach import Reached, edition_shown, own_address, reach
from app.web.public.figures.results import edition_reports
from app.web.public.rendered import rendered_pages
from app.web.views import at

#: so many stand whole on the page of all; of the others what was promised, and what became of it
MOST_WHOLE = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with what it quotes. `late` is by how many days; 0 if it is not."""

    promise: Commitment
    quoted: Quoted
    late: int


@at("/r/<page>/promises")
@at("/R/<page>/promises")
@at("/R/<page>/PROMISES")
def show_commitments(page: str) -> ResponseReturnValue:
    """All that a place has promised; beside them what people want changed most, so that small ones look small."""

    def render() -> str:
        place = reach(session, page)
        days = days_of(session, place.line.id, what_is_shown(session, now()))
        promises = in_order(published_commitments(session, place.line.id), today())
        return render_template(
            "public/dialogue/promises.html",
            place=place,
            told=_told(session, promises[:MOST_WHOLE]),
            earlier=promises[MOST_WHOLE:],
            first_day=days[-1] if days else None,
            wishes=_wishes(session, place),
            most_first=most_first,
            own=own_address(url_for("public.dialogue.show_commitments", page=place.line.page)),
            reader=FigureReader(),
        )

    with reading() as session:
        return rendered_pages().get(("promises", page.lower(), None, *_key(session)), render).response()


@at("/r/<page>/promises/<int:number>")
@at("/R/<page>/promises/<int:number>")
@at("/R/<page>/PROMISES/<int:number>")
def show_commitment(page: str, number: int) -> ResponseReturnValue:
    """One, with all that happened to it. Problem `commitment.unknown`."""

    with reading() as session:
        place = reach(session, page)
        promise = find_published(session, place.line.id, number)
        # Entered by a job, which nothing else on the page tells of.
        lines = lines_of(session, [event.id for event in promise.events], now())

        def render() -> str:
            return render_template(
                "public/dialogue/promise.html",
                place=place,
                told=_told(session, [promise])[0],
                lines=lines,
                own=own_address(url_for("public.dialogue.show_commitment", page=place.line.page, number=number)),
                reader=FigureReader(),
            )

        key = "promises", page.lower(), number, tuple(lines.items()), *_key(session)
        return rendered_pages().get(key, render).response()


def _key(session: Session) -> tuple[Showing, date, str, object]:
    """The day is in it, since a promise becomes late by itself."""
    return what_is_shown(session, now()), today(), reader_language(), last_changes(session)


def _told(session: Session, promises: Sequence[Commitment]) -> list[Told]:
    showing = what_is_shown(session, now())
    return [Told(one, read_quoted(session, one, showing, today()), one.days_late(today())) for one in promises]


def _wishes(session: Session, place: Reached) -> QuestionFigure | None:
    """What people want changed, by the first class of answers of the newest edition that tells it."""
    edition = edition_shown(session, place.line.id, None)
    reports = edition_reports(session, edition) if edition else []
    found = (wishes_of(section) for report in reports for section in report.sections)
    return next(filter(None, found), None)
