"""The calendar of what is to come: results, polls and quizzes, and the days that were promised."""

from collections.abc import Iterator

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.domain.figures.editions.days import day_to_show, shown_at
from app.domain.surveys.survey import in_language
from app.domain.weeks import WEEK
from app.formats.calendars import MEDIA_TYPE, CalendarEvent, write_calendar
from app.services.dialogue.open_data.news import PromiseDue, promises_due
from app.services.dialogue.open_data.scope import scope_at
from app.services.surveys.round_queries import RoundView, public_rounds
from app.web.context import context, now
from app.web.languages import reader_language
from app.web.public.figures.feeds import department_of, made, spoken
from app.web.views import at

#: results days that the calendar holds, this or the next one first
WEEKS_AHEAD = 52


@at("/r/calendar.ics")
@at("/R/CALENDAR.ICS")
def show_calendar() -> ResponseReturnValue:
    """Every Monday on which results come out, for a year, and none while they are not public; the days of rounds; and
    those by which something was promised.
    """

    def make(session: Session) -> str:
        scope, title = scope_at(session, now()), f"{gettext('What people say')} · {department_of(session)}"
        events = list(_results_days(title)) if scope.places else []
        events += [event for one in public_rounds(session, now()) for event in _round_events(one)]
        events += [_due(one) for one in promises_due(session, scope)]
        return write_calendar(title, reader_language(), events).decode()

    return made("calendar", make, MEDIA_TYPE)


def _results_days(title: str) -> Iterator[CalendarEvent]:
    """Each stands from a year before on, and nothing in it changes."""
    for weeks in range(1, WEEKS_AHEAD + 1):
        day = day_to_show(now()) + weeks * WEEK
        yield CalendarEvent(
            id=_id(f"results-{day.isoformat()}"),
            stamped=shown_at(day - WEEKS_AHEAD * WEEK),
            starts=shown_at(day),
            title=title,
            address=spoken(url_for("public.figures.show_results")),
            text=gettext("New results, for everybody at the same minute."),
        )


def _round_events(one: RoundView) -> Iterator[CalendarEvent]:
    """Its first and last day and that of its results, from its announcement on and unless it was cancelled."""
    announced, title = one.times.announced_at, one.title.in_language(reader_language())
    if announced is None or one.times.cancelled_at is not None:
        return
    for name, starts, words in (
        ("opens", one.dates.first_day, gettext("first day to answer")),
        ("closes", one.dates.last_day, gettext("last day to answer")),
        ("results", one.dates.shown_from, gettext("Results")),
    ):
        yield CalendarEvent(
            id=_id(f"round-{one.number}-{name}"),
            stamped=announced,
            starts=starts,
            title=f"{title}: {words}",
            address=spoken(url_for("public.surveys.show_round", number=one.number)),
            text=one.place.in_language(reader_language()),
        )


def _due(one: PromiseDue) -> CalendarEvent:
    return CalendarEvent(
        id=_id(f"promise-{one.page}-{one.number}"),
        stamped=one.stamped,
        starts=one.due_on,
        title=f"{gettext('Promise %(number)s', number=one.number)}: {one.place.in_language(reader_language())}",
        address=spoken(url_for("public.dialogue.show_commitment", page=one.page, number=one.number)),
        text=in_language(one.will, reader_language()),
    )


def _id(name: str) -> str:
    return f"{name}@{context().settings.host}"
