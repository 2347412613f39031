"""Reports as PDF: at most two A4 pages, made from a Report and from nothing besides."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

from app.domain.figure_rows import Grid, bar_of, grids_of, rows_of, with_figures
from app.domain.figures import Label, Report, ShareKind, Words
from app.formats.catalogue import catalogue
from app.formats.pages import render_page
from app.formats.pdf import PrintTooLong, render_pdf
from app.services.departments import DepartmentView

TEMPLATE = "report/report.html"
STYLESHEETS = ("shared/paper.css", "report/report.css")
#: up to how many rows of figures which size of print fits: the first two make one page, the others two
DENSITIES = ((13, "roomy"), (21, "compact"), (56, "roomy"), (70, "compact"), (90, "dense"))
#: letters of a question that fit on a line, for one class and beside the columns of several
LETTERS, LETTERS_BESIDE = 120, 40
#: rows that the columns of several classes take from the questions
ROWS_BESIDE = 14
MOST_PAGES = 2
#: rows taken off at a time while a print turns out too long
SPARE_ROWS = 12
#: how many points of a trend can be read on paper
TREND_POINTS = 10


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says words and labels in one language."""

    language: str
    say: Callable[[Words], str]
    name: Callable[[Label], str]


def speaker(language: str) -> Speaker:
    translate = catalogue(language).gettext
    return Speaker(language, lambda words: words.text(translate), lambda label: label.text(language, translate))


def write_report_pdf(report: Report, department: DepartmentView, language: str) -> bytes:
    """The print of a report: tagged for screen readers, readable in black and white, two pages at most.

    Questions that do not fit are left to the page and the CSV, and the print says how many.
    """
    for spare in range(0, DENSITIES[-1][0], SPARE_ROWS):
        html = report_html(report, department, language, spare)
        with suppress(PrintTooLong):
            return render_pdf(html, stylesheets=STYLESHEETS, tagged=True, most_pages=MOST_PAGES)
    return render_pdf(html, stylesheets=STYLESHEETS, tagged=True)


def report_html(report: Report, department: DepartmentView, language: str, spare: int = 0) -> str:
    """The print as HTML; `spare` rows are left free where the estimate of what fits was too bold."""
    speaks = speaker(language)
    questions, untold = with_figures(grids_of(rows_of(report.sections)))
    fitting, density = fit(questions, language, spare)
    return render_page(
        TEMPLATE,
        language,
        report=report,
        department=department,
        questions=fitting,
        untold=untold,
        left_out=len(questions) - len(fitting),
        density=density,
        say=speaks.say,
        name=speaks.name,
        bar=bar_of,
        is_grid=is_grid,
        about=ShareKind.ABOUT,
        last_day=last_day,
        short_day=lambda day: f"{day.day}/{day.month}",
        trend_points=TREND_POINTS,
    )


def fit(questions: Sequence[Grid], language: str = "hi", spare: int = 0) -> tuple[tuple[Grid, ...], str]:
    """As many questions as two pages hold, and how dense their print is."""
    taken = spare
    taken += ROWS_BESIDE if questions and not _alone(questions[0]) else 0
    most = DENSITIES[-1][0] - taken
    ends = list(accumulate(_height(question, language) for question in questions))
    fitting = sum(end <= most for end in ends)
    used = ends[fitting - 1] if fitting else 0
    return tuple(questions[:fitting]), next(density for limit, density in DENSITIES if used + taken <= limit)


def _height(question: Grid, language: str) -> int:
    """How many rows of print a question takes."""
    name = len(question[0].label.text(language))
    if not _alone(question):
        # Beside each other, how many answered takes a second line too.
        return sum(max(2, ceil(name / LETTERS_BESIDE)) + row.size for row in question)
    if is_grid(question):
        return ceil(name / LETTERS) + 2 + len(question)
    return ceil(name / LETTERS) + question[0].size


def is_grid(question: Grid) -> bool:
    """Whether it is printed as a small table, a line for each row of the grid."""
    return _alone(question) and len(question) > 1


def _alone(question: Grid) -> bool:
    return len(question[0].figures) == 1


def last_day(week: date) -> date:
    """The Sunday of a week, since people say until when, not until the week of when."""
    return week + timedelta(days=6)
