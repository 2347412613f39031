"""Results: releases of the reader's own place and of what lies below it, as page, print and table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from sqlalchemy.orm import Session

from app.domain.accounts.role import Permission
from app.domain.figures.highlights.charts import funnel_charts
from app.domain.figures.highlights.funnel import FEWEST, LikeGroup, LikePlace, groups_of, is_grouped
from app.domain.figures.highlights.looks import looks_of
from app.domain.figures.highlights.standing import Standing, standing_of
from app.domain.figures.highlights.tiles import Tile, tiles_of
from app.domain.figures.highlights.wishes import most_first
from app.domain.figures.report import Label, Report
from app.domain.figures.rows import grids_of, rows_of, with_figures
from app.domain.places.file_names import plain_code
from app.domain.places.place import PlaceKind
from app.domain.weeks import last_settled_week, month_before, month_label, month_of
from app.services.figures.editions.holding import what_is_shown
from app.services.figures.editions.like_places import edition_lines, like_places
from app.services.figures.editions.report_choice import months_shown, read_report
from app.services.figures.reports import ALL, LATEST
from app.services.places.queries import PlaceLine, children_of, describe_place, search_places
from app.services.places.tiles import tile_spots
from app.transaction import reading
from app.web.context import context, now, today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.downloads import CSV, PDF, attachment
from app.web.office.guard import open_to, own_place_ids, require_own_place, require_within, signed_in
from app.web.row_ids import read_row_id
from app.workflows.reports import print_report, tabulate_report

#: months that can be chosen by name
MONTHS_BACK = 12
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A report and what surrounds it on the page."""

    report: Report | None
    surveys: list[tuple[str, Label]]
    #: from the top of the reader's places down to this one
    trail: tuple[PlaceLine, ...]
    has_below: bool


@open_to(Permission.READ_RELEASES, "/reports")
def choose_place() -> ResponseReturnValue:
    """The places the reader may look at; whoever has one place alone is taken straight to it."""
    with reading() as session:
        own = own_place_ids(session)
        if len(own) == 1:
            return redirect(url_for("office.figures.show_report", place_id=signed_in().place_id))
        below = request.args.get("below", signed_in().place_id, type=read_row_id)
        require_within(session, below)
        typed, language = request.args.get("q", "").strip(), reader_language()
        view = describe_place(session, below, today(), language=language)
        found = None
        if typed:
            found = search_places(session, typed, own, on=today(), language=language, limit=MOST_FOUND + 1)
        places = children_of(session, below, today(), language=language) if found is None else found
        lines = edition_lines(session, [place.id for place in places], what_is_shown(session, now()))
    return render_template(
        "office/figures/reports/places.html",
        here=view.line,
        trail=_steps(tuple(place for place in (*view.above, view.line) if place.id in own)),
        places=places[:MOST_FOUND] if typed else places,
        lines=lines,
        reader=FigureReader(),
        more=len(places) > MOST_FOUND and bool(typed),
        q=typed,
    )


@open_to(Permission.READ_RELEASES, "/reports/<int:place_id>")
def show_report(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        shown = _read(session, place_id)
        standing = standing_of(shown.report) if shown.report else None
        places = _like_places(session, place_id, shown, standing)
        months = months_shown(session, [place_id], _months_back(), now())
    told, without_figures = with_figures(grids_of(rows_of(shown.report.sections if shown.report else ())))
    return render_template(
        "office/figures/reports/report.html" if shown.report else "office/figures/reports/none.html",
        report=shown.report,
        standing=standing,
        looks=looks_of(standing, places) if standing and _is_above_stations(shown) else None,
        most_first=most_first,
        fewest=FEWEST,
        place_id=place_id,
        has_below=shown.has_below,
        may_promise=_may_promise(shown.report),
        surveys=shown.surveys,
        trail=_steps(shown.trail),
        questions=told,
        without_figures=without_figures,
        periods=list(_periods(months)),
        period=request.args.get("period", LATEST),
        chosen={key: request.args[key] for key in ("survey", "period") if request.args.get(key)},
        reader=FigureReader(),
    )


@open_to(Permission.READ_RELEASES, "/reports/<int:place_id>/like-places")
def compare_like_places(place_id: int) -> ResponseReturnValue:
    """The stations of a district, or the districts, by group and name, over what chance alone would do."""
    with reading() as session:
        shown = _read(session, place_id)
        standing = standing_of(shown.report) if shown.report else None
        groups = groups_of(_like_places(session, place_id, shown, standing))
        charts = funnel_charts(groups)
        tiles = _tiles(session, shown, groups) if any(charts) else ()
    return render_template(
        "office/figures/highlights/like_places.html",
        report=shown.report,
        standing=standing,
        place_id=place_id,
        trail=_steps(shown.trail),
        groups=list(zip(groups, charts, strict=True)),
        chart=next(filter(None, charts), None),
        is_grouped=is_grouped(groups),
        tiles=tiles,
        fewest=FEWEST,
        reader=FigureReader(),
    )


@open_to(Permission.READ_RELEASES, "/reports/<int:place_id>/report-<any(hi, en):language>.pdf")
def download_report_pdf(place_id: int, language: str) -> ResponseReturnValue:
    require_own_place(place_id)
    printed = print_report(place_id, *_asked(), language, now(), context().settings.address)
    return _download(place_id, printed, f"{language}.pdf", PDF)


@open_to(Permission.READ_RELEASES, "/reports/<int:place_id>/report.csv")
def download_report_csv(place_id: int) -> ResponseReturnValue:
    require_own_place(place_id)
    return _download(place_id, tabulate_report(place_id, *_asked(), reader_language(), now()), "table.csv", CSV)


def _asked() -> tuple[str | None, str | None]:
    """Survey and period, as the address names them."""
    return request.args.get("survey"), request.args.get("period")


def _read(session: Session, place_id: int) -> Shown:
    """The report that the address asks for; Problem `place.foreign` for a place that is not the reader's."""
    require_within(session, place_id)
    report, surveys = read_report(session, place_id, *_asked(), now())
    view = describe_place(session, place_id, today(), language=reader_language())
    own = own_place_ids(session)
    trail = tuple(place for place in (*view.above, view.line) if place.id in own)
    return Shown(report, surveys, trail, bool(view.below))


def _like_places(session: Session, place_id: int, shown: Shown, standing: Standing | None) -> tuple[LikePlace, ...]:
    """Only in editions, and only what lies below: what the reader heads, never a neighbour."""
    report = shown.report
    if standing is None or report is None or report.edition is None or not shown.has_below:
        return ()
    showing = what_is_shown(session, now())
    return like_places(session, place_id, report.survey_slug, standing, showing, today(), reader_language())


def _may_promise(report: Report | None) -> bool:
    """Of an edition alone: a time that a reader has chosen is none, and is quoted by nobody."""
    return report is not None and report.edition is not None and signed_in().may(Permission.PROPOSE_COMMITMENT)


def _is_above_stations(shown: Shown) -> bool:
    return shown.report is not None and PlaceKind(shown.report.place_kind).is_above_stations


def _tiles(session: Session, shown: Shown, groups: Sequence[LikeGroup]) -> tuple[Tile, ...]:
    """Where districts are beside each other, for headquarters alone."""
    report = shown.report
    of_districts = report is not None and PlaceKind(report.place_kind).rank < PlaceKind.DISTRICT.rank
    if not of_districts or not signed_in().may(Permission.READ_TALLIES):
        return ()
    placed = [one for group in groups for one in group.places]
    return tiles_of(placed, tile_spots(session, [one.place.id for one in placed]), reader_language())


def _steps(trail: tuple[PlaceLine, ...]) -> list[tuple[str, str]]:
    """The way down to a place, as breadcrumbs: every step lists the places below it."""
    language = reader_language()
    return [
        (place.name.in_language(language), url_for("office.figures.choose_place", below=place.id)) for place in trail
    ]


def _periods(months: Iterable[date]) -> Iterator[tuple[str, str]]:
    """What can be chosen: the shortest time that carries figures, all quarters, or a month, if these are over."""
    yield LATEST, gettext("the latest results")
    yield ALL, gettext("everything up to the last quarter that is over")
    for month in months:
        yield month_label(month), str(format_date(month, "LLLL y"))


def _months_back() -> list[date]:
    """The first days of the months that may have results, the newest first."""
    months = [date(*month_of(last_settled_week(now())), 1)]
    while len(months) < MONTHS_BACK:
        months.append(month_before(months[-1]))
    return months


def _download(place_id: int, file: tuple[Report, bytes] | None, ending: str, media_type: str) -> ResponseReturnValue:
    """Under a name that says place and day."""
    if file is None:
        return redirect(url_for("office.figures.show_report", place_id=place_id))
    report, content = file
    return attachment(
        content, f"results-{plain_code(report.place_code)}-{report.made_on.isoformat()}-{ending}", media_type
    )
