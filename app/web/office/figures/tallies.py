"""Live counts for headquarters: by place and week, and the answers that were set aside."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.documents.figure_tables import write_tallies_csv
from app.domain.accounts.role import Permission
from app.domain.figures.highlights.week_bars import week_bars
from app.domain.figures.report import Label
from app.domain.figures.wording import reason_label
from app.domain.quarter import quarter_label
from app.domain.responses.answer_words import in_words
from app.domain.weeks import WEEK, Weeks, week_of
from app.services.devices.queries import count_with_gaps
from app.services.figures.exports import list_tally_lines
from app.services.figures.overviews import headquarters_overview, set_aside_answers
from app.services.figures.reports import published_versions, reportable_surveys
from app.services.figures.silent_places import SILENT_WEEKS, count_silent, silent_places
from app.services.places.ancestry import subtree_ids
from app.services.places.queries import PlaceView, describe_place
from app.services.slips.register import read_register
from app.services.surveys.round_queries import days_of_results
from app.transaction import reading
from app.web.context import now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.codes.words import CHANNEL_WORDS
from app.web.office.downloads import CSV, attachment
from app.web.office.guard import open_to, own_place_ids, require_within, signed_in

#: how many weeks a reader can look back on, the present one included
SPANS = (4, 13, 26, 53)
#: with more weeks than this the table by place shows no single weeks: it would not fit a screen
WEEK_COLUMNS = 13


@dataclass(frozen=True, slots=True)
class Registers:
    """What needs a look in the registers of devices and of slips."""

    devices: int
    stations: int
    quarter: str


@dataclass(frozen=True, slots=True)
class View:
    """What the reader asked to see. `survey` is None while nothing has been published."""

    place: PlaceView
    own: frozenset[int]
    survey: str | None
    surveys: list[tuple[str, Label]]
    span: int
    weeks: Weeks
    #: of a poll or quiz that nobody may count yet
    results_on: date | None = None

    @property
    def place_id(self) -> int:
        return self.place.line.id

    @property
    def arguments(self) -> dict[str, object]:
        """What links keep."""
        slug = {"survey": self.survey} if len(self.surveys) > 1 else {}
        return {"place_id": self.place_id, "span": self.span, **slug}


@open_to(Permission.READ_TALLIES, "/tallies")
def show_own_tallies() -> ResponseReturnValue:
    return _show(signed_in().place_id)


@open_to(Permission.READ_TALLIES, "/tallies/<int:place_id>")
def show_tallies(place_id: int) -> ResponseReturnValue:
    return _show(place_id)


def _show(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        look = chosen_view(session, place_id)
        overview = look.survey and headquarters_overview(session, place_id, look.survey, look.weeks)
        silent = count_silent(session, subtree_ids(session, place_id, today()), now())
        # Their registers hold all that the reader may see, so their numbers stand where all of it is looked at.
        registers = _registers(session, look.own) if place_id == signed_in().place_id else None
    return render_template(
        "office/figures/tallies/tallies.html",
        look=look,
        overview=overview,
        bars=week_bars(overview.by_week, week_of(today())) if overview else None,
        this_week=week_of(today()),
        silent=silent,
        silent_weeks=SILENT_WEEKS,
        registers=registers,
        channels=CHANNEL_WORDS,
        spans=SPANS,
        week_columns=WEEK_COLUMNS,
        reader=FigureReader(),
        reason_label=reason_label,
    )


@open_to(Permission.READ_TALLIES, "/tallies/<int:place_id>/set-aside")
def show_set_aside(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        look = chosen_view(session, place_id)
        wanted = request.args.get("page", 1, type=int)
        found = look.survey and set_aside_answers(session, place_id, look.survey, look.weeks, page=wanted)
        versions = published_versions(session, look.survey).counters.values() if look.survey else ()
    definitions = [version.definition for version in reversed(list(versions))]
    return render_template(
        "office/figures/tallies/set_aside.html",
        look=look,
        found=found,
        lines=lambda one: in_words(definitions, one.answers, one.broken, reader_language()),
        reader=FigureReader(),
        reason_label=reason_label,
    )


@open_to(Permission.READ_TALLIES, "/tallies/<int:place_id>/silent")
def show_silent_places(place_id: int) -> ResponseReturnValue:
    """Where codes are up and nobody has answered for weeks."""
    with reading() as session:
        look = chosen_view(session, place_id)
        wanted = request.args.get("page", 1, type=int)
        places = subtree_ids(session, place_id, today())
        found = silent_places(session, places, now(), language=reader_language(), page=wanted)
    return render_template(
        "office/figures/tallies/silent.html", look=look, found=found, silent_weeks=SILENT_WEEKS, reader=FigureReader()
    )


@open_to(Permission.READ_TALLIES, "/tallies/<int:place_id>/tallies.csv")
def download_tallies(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        look = chosen_view(session, place_id)
        lines = list_tally_lines(session, place_id, look.survey, look.weeks) if look.survey else ()
    name = f"live-counts-{look.place.line.code}-{today().isoformat()}.csv"
    return attachment(write_tallies_csv(lines), name, CSV)


def _registers(session: Session, own: frozenset[int]) -> Registers:
    slips = read_register(session, own, None, today(), reader_language())
    return Registers(count_with_gaps(session, own), slips.far_fewer, quarter_label(slips.quarter))


def chosen_view(session: Session, place_id: int) -> View:
    """What the address asks for; what it leaves out or misspells gets the usual choice."""
    require_within(session, place_id)
    surveys = reportable_surveys(session)
    slugs = [slug for slug, _ in surveys]
    wanted = request.args.get("survey")
    survey = wanted if wanted in slugs else next(iter(slugs), None)
    span = request.args.get("span", WEEK_COLUMNS, type=int)
    span = span if span in SPANS else WEEK_COLUMNS
    last = week_of(today())
    weeks = Weeks(last - (span - 1) * WEEK, last)
    return View(
        describe_place(session, place_id, today(), language=reader_language()),
        own_place_ids(session),
        survey,
        surveys,
        span,
        weeks,
        days_of_results(session).get(survey or ""),
    )
