"""What is new in results, promises, polls and quizzes, for programs that ask again and again."""

from collections.abc import Callable, Iterator
from datetime import date

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext, ngettext
from sqlalchemy.orm import Session

from app.domain.dialogue.commitment import Step
from app.domain.figures.editions.days import day_to_show, shown_at
from app.domain.surveys.rounds.round import RoundState
from app.domain.surveys.survey import in_language
from app.domain.weeks import day_of
from app.formats.feeds import MEDIA_TYPE, Feed, FeedEntry, write_feed
from app.services.dialogue.open_data.news import DayNews, EditionNews, PromiseNews, days_news, place_news, promise_news
from app.services.dialogue.open_data.scope import scope_at
from app.services.figures.editions.holding import what_is_shown
from app.services.installation.department_queries import describe_department
from app.services.places.queries import PlaceLine
from app.services.record.changes import last_changes
from app.services.surveys.round_queries import RoundView, public_rounds, public_states
from app.transaction import reading
from app.web.context import now, today
from app.web.languages import DEFAULT, reader_language
from app.web.public.figures.reach import own_address, reach
from app.web.public.rendered import rendered_pages
from app.web.views import at

#: entries of a feed
_MOST = 100


@at("/r/feed.atom")
@at("/R/FEED.ATOM")
def show_feed() -> ResponseReturnValue:
    """One entry a Monday, which moves on when something of it is corrected, and one for each step of a promise, and
    for a poll or quiz when it is announced and when it has results.
    """

    def make(session: Session) -> str:
        scope = scope_at(session, now())
        page = url_for("public.figures.show_results")
        title = f"{gettext('What people say')} · {department_of(session)}"
        entries = [_day_entry(one, page) for one in days_news(session, scope)]
        entries += [_promise_entry(one) for one in promise_news(session, scope)]
        entries += [entry for one in public_rounds(session, now()) for entry in _round_entries(one)]
        return _feed(session, page, url_for("public.figures.show_feed"), title, entries)

    return made("feed", make, MEDIA_TYPE)


@at("/r/<page>/feed.atom")
@at("/R/<page>/FEED.ATOM")
def show_place_feed(page: str) -> ResponseReturnValue:
    """One entry an edition, and one for each step of a promise. Problems `place.unknown` and `results.not_public`."""

    def make(session: Session) -> str:
        place = reach(session, page).line
        own = url_for("public.figures.show_place_feed", page=place.page)
        title = f"{gettext('Results')}: {place.name.in_language(reader_language())}"
        scope = scope_at(session, now())
        entries = [_entry(one, place) for one in place_news(session, place.id, scope)]
        entries += [_promise_entry(one) for one in promise_news(session, scope, place.id)]
        return _feed(session, url_for("public.figures.show_place", page=place.page), own, title, entries)

    return made(f"feed of {page.lower()}", make, MEDIA_TYPE)


def made(what: str, make: Callable[[Session], str], mimetype: str) -> Response:
    with reading() as session:
        moving = what_is_shown(session, now()), today(), *public_states(session, now())
        key = what, reader_language(), *moving, last_changes(session)
        response = rendered_pages().get(key, lambda: make(session), mimetype).response()
    response.headers["Cache-Control"] = "no-cache"
    return response


def _feed(session: Session, page: str, own: str, title: str, entries: list[FeedEntry]) -> str:
    feed = Feed(
        id=own_address(own),
        own=spoken(own),
        page=spoken(page),
        title=title,
        author=department_of(session),
        language=reader_language(),
        since=shown_at(day_to_show(now())),
        entries=sorted(entries, key=lambda entry: entry.updated, reverse=True)[:_MOST],
    )
    return write_feed(feed).decode()


def _day_entry(one: DayNews, page: str) -> FeedEntry:
    day = one.due_on.isoformat()
    told = [ngettext("%(num)d place has new results.", "%(num)d places have new results.", one.places)]
    if one.corrected:
        words = ngettext(
            "At %(num)d place they were corrected.", "At %(num)d places they were corrected.", one.corrected
        )
        told.append(words)
    # A Monday has no page of its own: its address is a part of the page that leads to all of them.
    return FeedEntry(
        f"{own_address(page)}#{day}", spoken(page), _title(one.due_on), one.published, one.updated, " ".join(told)
    )


def _entry(one: EditionNews, place: PlaceLine) -> FeedEntry:
    day = one.due_on.isoformat()
    path = url_for("public.figures.show_day", page=place.page, day=day)
    name = place.name.in_language(reader_language())
    title, text = (
        _title(one.due_on),
        gettext("What people answered about this place: %(place)s. Published on Mondays at 11:00.", place=name),
    )
    if one.cause:
        title = f"{gettext('This was corrected')}: {title}"
        text = one.reason.get(reader_language()) or next(iter(one.reason.values()), text)
    return FeedEntry(own_address(path), spoken(path), title, one.published, one.updated, text)


def _promise_entry(one: PromiseNews) -> FeedEntry:
    path = url_for("public.dialogue.show_commitment", page=one.page, number=one.number)
    promise = gettext("Promise %(number)s", number=one.number)
    title = f"{promise}: {one.place.in_language(reader_language())}: {_step(one)}"
    text = in_language(one.texts, reader_language())
    # A step has no page of its own; the promise has.
    return FeedEntry(f"{own_address(path)}#{one.order}", spoken(path), title, one.at, one.at, text)


def _step(one: PromiseNews) -> str:
    match one.step:
        case Step.OPENED:
            return str(gettext("promised in public for %(day)s", day=_day(one.due_on)))
        case Step.MOVED:
            return str(gettext("moved to %(day)s", day=_day(one.due_on)))
        case Step.DONE:
            return str(gettext("it was done"))
        case Step.NOT_DONE:
            return str(gettext("it was not done"))
    return str(gettext("it was withdrawn"))


def _round_entries(one: RoundView) -> Iterator[FeedEntry]:
    """When it was announced or cancelled, and when there are results."""
    path = url_for("public.surveys.show_round", number=one.number)
    title, times = one.title.in_language(reader_language()), one.times
    days = gettext("%(first)s to %(last)s", first=_day(one.dates.first_day), last=_day(one.dates.last_day))
    results = gettext("Results on %(day)s, 11:00", day=_day(one.dates.results_on))
    text = f"{one.place.in_language(reader_language())} · {days} · {results}"
    if times.cancelled_at is not None:
        text = gettext("Called off on %(day)s", day=_day(day_of(times.cancelled_at)))
    if times.announced_at is not None:
        updated = times.cancelled_at or times.announced_at
        yield FeedEntry(own_address(path), spoken(path), title, times.announced_at, updated, text)
    if one.state is RoundState.PUBLISHED and times.published_at is not None:
        title = f"{gettext('Results')}: {title}"
        yield FeedEntry(f"{own_address(path)}#results", spoken(path), title, times.published_at, times.published_at)


def _title(day: date) -> str:
    return str(gettext("Results of %(day)s", day=_day(day)))


def _day(day: date) -> str:
    return str(format_date(day, "d MMMM y"))


def spoken(path: str) -> str:
    """The address at which a page is in the reader's language."""
    suffix = "" if reader_language() == DEFAULT else f"?lang={reader_language()}"
    return own_address(path) + suffix


def department_of(session: Session) -> str:
    return describe_department(session).name.in_language(reader_language())
