"""Exact figures for headquarters: what counted answers say, question by question, with nothing withheld."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.documents.figure_tables import write_figures_csv
from app.domain.accounts.role import Permission
from app.domain.figures.exact import ExactFigures, ExactQuestion, in_100
from app.domain.figures.report import Label
from app.domain.figures.wording import HEADINGS
from app.domain.weeks import Weeks, iso_label, weeks_from
from app.services.figures.exports import list_figure_lines
from app.services.figures.overviews import exact_figures
from app.services.places.queries import children_of
from app.transaction import reading
from app.web.context import today
from app.web.figures.reader import FigureReader
from app.web.languages import reader_language
from app.web.office.downloads import CSV, attachment
from app.web.office.figures.tallies import SPANS, View, chosen_view
from app.web.office.guard import open_to, signed_in


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A question, or a row of a grid, with what each evidence class says; None where it was not asked."""

    label: Label
    row_label: Label | None
    sides: tuple[ExactQuestion | None, ...]


@open_to(Permission.READ_TALLIES, "/figures")
def show_own_figures() -> ResponseReturnValue:
    return _show(signed_in().place_id)


@open_to(Permission.READ_TALLIES, "/figures/<int:place_id>")
def show_figures(place_id: int) -> ResponseReturnValue:
    return _show(place_id)


def _show(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        look = chosen_view(session, place_id)
        weeks = _chosen(look.weeks)
        figures = exact_figures(session, place_id, look.survey, weeks) if look.survey else []
        lines = children_of(session, place_id, today(), language=reader_language())
        below = [line for line in lines if line.id in look.own]
    return render_template(
        "office/figures/exact_figures/figures.html",
        look=replace(look, weeks=weeks),
        kept=look.arguments | _kept_week(look, weeks),
        single=_kept_week(look, weeks).get("week"),
        offered=[(iso_label(week), week) for week in reversed(list(weeks_from(look.weeks.first, look.weeks.last)))],
        figures=figures,
        rows=side_by_side(figures),
        below=below,
        spans=SPANS,
        headings=HEADINGS,
        in_100=in_100,
        reader=FigureReader(),
    )


@open_to(Permission.READ_TALLIES, "/figures/<int:place_id>/figures.csv")
def download_figures(place_id: int) -> ResponseReturnValue:
    with reading() as session:
        look = chosen_view(session, place_id)
        lines = list(list_figure_lines(session, place_id, look.survey, _chosen(look.weeks))) if look.survey else []
    name = f"exact-figures-{look.place.line.code}-{today().isoformat()}.csv"
    return attachment(write_figures_csv(lines, reader_language()), name, CSV)


def side_by_side(figures: Sequence[ExactFigures]) -> list[FigureRow]:
    """Every question once, in the order of the questionnaire, with the classes beside each other, never added."""
    found: dict[tuple[str, str | None], list[ExactQuestion | None]] = {}
    for at, each in enumerate(figures):
        for question in each.questions:
            found.setdefault((question.name, question.row), [None] * len(figures))[at] = question
    rows = []
    for sides in found.values():
        first = next(side for side in sides if side)
        rows.append(FigureRow(first.label, first.row_label, tuple(sides)))
    return rows


def _chosen(weeks: Weeks) -> Weeks:
    """The one week that the address names, if it lies in the time looked at; else all of them."""
    wanted = request.args.get("week", "")
    for week in weeks_from(weeks.first, weeks.last):
        if iso_label(week) == wanted:
            return Weeks(week, week)
    return weeks


def _kept_week(look: View, weeks: Weeks) -> dict[str, str]:
    return {} if weeks == look.weeks else {"week": iso_label(weeks.first)}
