"""Reports as PDF: two A4 pages at most, three for several classes of evidence; of a Report and nothing besides."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

from app.domain.figures.firmness.firmness import firmness_of
from app.domain.figures.headline.words import label_text
from app.domain.figures.highlights.charts import line_of, newest_points, off_course_of
from app.domain.figures.highlights.standing import Standing, standing_of
from app.domain.figures.highlights.topics import MOST, topics_of
from app.domain.figures.report import Report, Share, ShareKind
from app.domain.figures.rows import Grid, bar_of, grids_of, rows_of, with_figures
from app.domain.figures.wording import of_people
from app.domain.installation.department_view import DepartmentView
from app.domain.record.report_mark import ReportMark
from app.domain.surveys.survey import Texts
from app.formats.paper.pages import render_page
from app.formats.paper.pdf import PrintTooLong, render_pdf
from app.formats.pictures.qr import encode_qr
from app.formats.translator import translator

TEMPLATE = "report/report.html"
STYLESHEETS = ("shared/paper.css", "report/report.css")
#: up to how many rows of figures each size of print may fit one page, two, and three
ONE_PAGE = ((14, "roomy"), (32, "compact"))
TWO_PAGES = ((62, "roomy"), (78, "compact"), (100, "dense"))
THREE_PAGES = ((124, "compact"), (143, "dense"))
#: letters of a question that fit on a line, for one class and beside the columns of several
LETTERS, LETTERS_BESIDE = 120, 40
#: rows that each class of several takes from the questions
ROWS_BESIDE = 7
#: and that the code of the record takes, beside which stands how it was counted
ROWS_OF_MARK = 5
#: rows taken off at a time while a print turns out too long
STEP = 5


def write_report_pdf(
    report: Report, department: DepartmentView, language: str, mark: ReportMark | None = None
) -> bytes:
    """The print of a report: tagged for screen readers, readable in black and white, two pages at most; three where
    classes of evidence stand beside each other.

    What fits is estimated first and then seen. Questions that do not fit are left to the page and the CSV,
    and the print names them. With a `mark` it has a code that tells whether these figures still stand.
    """
    questions, without_figures = with_figures(grids_of(rows_of(report.sections)))
    standing = standing_of(report)
    if standing and len(report.sections) == 1:
        # They stand whole in the answer on top.
        whole = {figure.name for figure in standing.safety if figure.cells}
        questions = tuple(question for question in questions if question[0].name not in whole)
    rows = sum(_height(question, language) for question in questions)
    several = len(report.sections) > 1
    taken = ROWS_OF_MARK if mark else 0
    taken += 1 if report.stations and standing else 0
    taken += ROWS_BESIDE * len(report.sections) if several else 0
    for told, layout in _attempts(standing, rows, taken, 3 if several else 2):
        with suppress(PrintTooLong):
            html = _html(report, told, department, language, layout, questions, without_figures, mark)
            return render_pdf(html, stylesheets=STYLESHEETS, tagged=True, most_pages=layout.pages)
    raise PrintTooLong(f"the results of {report.place_code} do not fit even without a question")


def _attempts(
    standing: Standing | None, rows: int, taken: int, most: int
) -> Iterator[tuple[Standing | None, "Layout"]]:
    """The place's own terms only where every question fits beside them: these hold the same figures."""
    if standing and standing.own_terms:
        whole = taken + _height_of_standing(standing)
        yield from ((standing, layout) for layout in layouts(rows, whole, most) if layout.rows >= rows)
        standing = replace(standing, own_terms=None)
    taken += _height_of_standing(standing) if standing else 0
    yield from ((standing, layout) for layout in layouts(rows, taken, most))


@dataclass(frozen=True, slots=True)
class Layout:
    """A size of print, how many rows of figures it is given, and how many pages it may take."""

    density: str
    rows: int
    pages: int


def layouts(rows: int, taken: int = 0, most: int = 2) -> Iterator[Layout]:
    """As few pages as may do, `most` of them at most, in the largest print that may do; then with fewer and fewer rows.

    `taken` is how many rows of the paper are lost to how the place stands, and to the columns of several classes.
    """
    every = (ONE_PAGE, TWO_PAGES, THREE_PAGES)[:most]
    for pages, limits in enumerate(every, 1):
        fitting = [density for limit, density in limits if rows + taken <= limit]
        yield from (Layout(density, rows, pages) for density in fitting[: 1 if pages == 1 else None])
    room = every[-1][-1][0] - taken
    for fewer in range(room if rows > room else rows - STEP, -STEP, -STEP):
        yield Layout("dense", max(0, fewer), most)


def _html(
    report: Report,
    standing: Standing | None,
    department: DepartmentView,
    language: str,
    layout: Layout,
    questions: Sequence[Grid],
    without_figures: Sequence[Grid],
    mark: ReportMark | None,
) -> str:
    speaks = translator(language)
    fitting = _fitting(questions, standing, language, layout.rows)

    def good(share: Share | None, said: Texts | None) -> str | None:
        words = of_people(share, said, language)
        return speaks.say(words) if words else None

    return render_page(
        TEMPLATE,
        language,
        report=report,
        standing=standing,
        topics=topics_of(standing) if standing and standing.section.drivers else None,
        line_of=line_of,
        off_course_of=off_course_of,
        firmness_of=firmness_of,
        label_text=label_text,
        department=department,
        questions=fitting,
        without_figures=without_figures,
        left_out=[question for question in questions if question not in fitting],
        density=layout.density,
        mark=mark,
        code=encode_qr(mark.address) if mark else None,
        most_pages=layout.pages,
        say=speaks.say,
        name=speaks.name,
        good=good,
        bar=bar_of,
        is_grid=is_grid,
        kinds=ShareKind,
        last_day=last_day,
        short_day=lambda day: f"{day.day}/{day.month}",
        newest_points=newest_points,
    )


def _fitting(questions: Sequence[Grid], standing: Standing | None, language: str, rows: int) -> Sequence[Grid]:
    """What so many rows hold, in the order of the questionnaire; what says most of the place is left out last."""
    first = standing.names if standing else frozenset()
    by_weight = sorted(range(len(questions)), key=lambda at: (questions[at][0].name not in first, at))
    ends = accumulate(_height(questions[at], language) for at in by_weight)
    kept = sorted(by_weight[: sum(end <= rows for end in ends)])
    return [questions[at] for at in kept]


def _height_of_standing(standing: Standing) -> int:
    """About how many rows of print the answer on top takes: two columns, of which the longer counts."""
    drivers = standing.section.drivers
    left = (7 if standing.trend else 2) + 2 + 2 * len(standing.areas)
    left += 3 + 4 * min(len(drivers.named), MOST) if drivers else 0
    right = 2 + len(standing.wished) + sum(2 + max(1, len(figure.cells)) for figure in standing.safety)
    own = 4 + 2 * len(standing.own_terms.topics) if standing.own_terms else 0
    return 3 + (max(left, right + own) if drivers else max(left + own, right))


def _height(question: Grid, language: str) -> int:
    """About how many rows of print a question takes."""
    name = len(question[0].label.text(language))
    if not _alone(question):
        # Beside each other, how many answered takes more lines the narrower the columns are.
        base = 2 if len(question[0].figures) < 4 else 4
        return sum(max(base, ceil(name / LETTERS_BESIDE)) + row.size for row in question)
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
